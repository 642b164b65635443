package dev.signet.cli;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Looks for what signs people out. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description =
                "Looks at the key ring, the store, and a running site, and says what is wrong and what to do about it.")
final class DoctorCommand implements Callable<Integer> {
    private final Surroundings around;

    @Mixin
    private final RingOptions ring = new RingOptions();

    @Mixin
    private final StoreOptions store = new StoreOptions();

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "A page of the site, as browsers reach it: its clock, header limits and cookies are looked at. It is asked up to ten times.")
    @Nullable
    private URI url;

    @Option(
            names = "--longest",
            paramLabel = "DURATION",
            defaultValue = "400d",
            description = "How long your longest session may live, such as 12h or 90d. Default ${DEFAULT-VALUE}.")
    private String longest = "400d";

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    DoctorCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws InterruptedException {
        Duration life = Texts.longest(longest);
        List<Finding> findings = new ArrayList<>(keys(life));
        findings.addAll(StoreChecks.of(store, around));
        findings.addAll(site());
        if (json) {
            around.printJson(findings.stream().map(Finding::members).toList());
        } else {
            findings.forEach(this::print);
        }
        return findings.stream().allMatch(Finding::well) ? 0 : Signet.NOT_WELL;
    }

    private List<Finding> keys(Duration life) {
        return ring.given(around)
                ? KeyChecks.of(ring.file(around), around.now(), life)
                : List.of(Finding.skipped("keys", "none were named: --keys or SIGNET_KEYS"));
    }

    private List<Finding> site() throws InterruptedException {
        URI site = url;
        if (site == null) {
            return List.of(Finding.skipped("site", "none was named: --url"));
        }
        if (site.getHost() == null || !List.of("http", "https").contains(String.valueOf(site.getScheme()))) {
            throw new Refused("--url must be http:// or https:// and a host");
        }
        return new SiteChecks(around, site).all();
    }

    private void print(Finding finding) {
        String mark = String.format("%-8s", finding.level().name().toLowerCase(Locale.ROOT));
        around.print(mark + finding.about() + ": " + finding.text());
        if (!finding.fix().isEmpty()) {
            around.print("        → " + finding.fix());
        }
    }
}
