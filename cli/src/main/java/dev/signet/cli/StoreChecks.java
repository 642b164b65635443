package dev.signet.cli;

import dev.signet.revocation.RevocationLog;
import dev.signet.revocation.RevocationLog.Page;
import dev.signet.revocation.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What may be wrong with a revocation store. */
final class StoreChecks {
    private static final Duration SLOW = Duration.ofSeconds(1);
    private static final Duration SKEW = Duration.ofSeconds(30);

    private StoreChecks() {}

    static List<Finding> of(StoreOptions store, Surroundings around) {
        try (RevocationLog log = store.log(around).orElse(null)) {
            if (log == null) {
                return List.of(Finding.skipped("store", "none was named: --store or SIGNET_REVOCATIONS"));
            }
            return of(log, around.now());
        } catch (StoreUnavailable e) {
            return List.of(
                    Finding.problem(
                            "store",
                            Texts.shown(String.valueOf(e.getMessage())),
                            "until it answers, signed-in requests get 503 once the staleness bound is over; see the runbook in docs/revocation.md"));
        } catch (Refused e) {
            return List.of(Finding.problem("store", String.valueOf(e.getMessage()), "correct the address"));
        }
    }

    private static List<Finding> of(RevocationLog log, Instant now) {
        long began = System.nanoTime();
        Page page = log.read(Long.MAX_VALUE, 1);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        List<Finding> findings = new ArrayList<>();
        findings.add(
                took.compareTo(SLOW) > 0
                        ? Finding.warning(
                                "store",
                                "answers after " + took.toMillis() + " ms",
                                "it must answer well within the staleness bound of 5 s")
                        : Finding.ok(
                                "store", "answers after " + took.toMillis() + " ms; its head is at " + page.head()));
        findings.add(
                log.durable()
                        ? Finding.ok("store", "keeps sign-outs over its restarts")
                        : Finding.problem(
                                "store", "forgets sign-outs when it restarts", "make it durable: docs/revocation.md"));
        if (Instant.ofEpochMilli(page.head()).isAfter(now.plus(SKEW))) {
            findings.add(Finding.warning(
                    "store",
                    "the newest entry is of " + Instant.ofEpochMilli(page.head()) + ", which is in the future here",
                    "compare the clocks of the store and this machine"));
        }
        return findings;
    }
}
