package dev.signet.trials;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page with the newest report of each store. */
final class SoakPage {
    private static final String HEAD = """
            # Soak

            Two processes of an application on one store, under traffic of which a fifth is hostile; each minute a key is added to the ring file, and the first
            process is restarted, killed every second time. Honest people fill carts, sign in with them, read and sign out, at either process; nothing may go wrong
            for them, but what a restart cut off they repeat. Attackers change, forge and replay their cookies, send forms from other sites, and flood; nothing may be
            accepted. The application is a shop like the sample's, without its pages and with more accounts. The second process is never restarted, so
            that its growth is that of the whole run; the first one's tells little.

            Written by `trials/run soak postgres 20 --page docs/soak.md` and the same for `redis`: each writes its own section.

            """;

    private SoakPage() {}

    /** Puts the report in the place of the last one of its store. */
    static void write(Path page, SoakReport report) throws IOException {
        Stream<String> former = Files.exists(page)
                ? Arrays.stream(Files.readString(page).split("(?m)^(?=## )")).skip(1)
                : Stream.empty();
        Stream<String> others = former.filter(section -> !section.startsWith(report.heading() + "\n"));
        String sections =
                Stream.concat(others, Stream.of(report.markdown())).sorted().collect(Collectors.joining());
        Files.writeString(page, (HEAD + sections).strip() + "\n");
    }
}
