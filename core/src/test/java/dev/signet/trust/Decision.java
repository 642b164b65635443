package dev.signet.trust;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a decision record says, at its end, of security requirements.
 *
 * @param declines whether they are not kept at all, and not only in another way than usual
 */
record Decision(Path file, boolean declines, Set<String> ids) {
    private static final Pattern SAYS =
            Pattern.compile("(?m)^(Declines|Decides) ([A-Z]\\d+(?:, [A-Z]\\d+)*) of the \\[security requirements]");

    static List<Decision> all() {
        try (Stream<Path> files = Files.list(MarkedTest.ROOT.resolve("docs/adr"))) {
            return files.sorted().flatMap(Decision::in).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Stream<Decision> in(Path file) {
        try {
            return SAYS
                    .matcher(Files.readString(file))
                    .results()
                    .map(said -> new Decision(
                            file.getFileName(),
                            said.group(1).equals("Declines"),
                            Set.of(said.group(2).split(", "))))
                    .toList()
                    .stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** As a page of {@code docs} says it. */
    String link() {
        String number = file.toString().substring(0, 4);
        return (declines ? "declined: " : "otherwise than usual: ") + "[" + number + "](adr/" + file + ")";
    }
}
