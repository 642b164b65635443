package dev.signet.cli;

import dev.signet.cli.Duties.Duty;
import dev.signet.keys.Key;
import dev.signet.keys.KeyRing;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What may be wrong with a key ring. */
final class KeyChecks {
    /** NIST SP 800-57 part 1, table 1, allows a year or two; a habit of a quarter keeps the way well trodden. */
    private static final Duration OLD = Duration.ofDays(180);

    private KeyChecks() {}

    static List<Finding> of(RingFile file, Instant now, Duration longest) {
        KeyRing ring;
        try {
            ring = file.read();
        } catch (Refused e) {
            return List.of(
                    Finding.problem("keys", String.valueOf(e.getMessage()), "nobody can sign in without a key ring"));
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(permissions(file));

        Duties duties = new Duties(ring, now, longest);
        if (!ring.verifyingOnly() && ring.keys().stream().noneMatch(key -> duties.of(key) == Duty.SEALS)) {
            findings.add(Finding.problem("keys", "no key seals now", "signet keys rotate --in 0s"));
        }
        ring.keys().forEach(key -> findings.add(of(key, duties)));
        return findings;
    }

    private static Finding permissions(RingFile file) {
        Set<PosixFilePermission> all = file.permissions();
        if (all.isEmpty()) {
            return Finding.skipped("keys", "who may read " + file.path() + " cannot be told here");
        }
        if (all.contains(PosixFilePermission.OTHERS_READ)
                || all.contains(PosixFilePermission.OTHERS_WRITE)
                || all.contains(PosixFilePermission.GROUP_WRITE)) {
            return Finding.problem(
                    "keys",
                    file.path() + " is open to others: " + PosixFilePermissions.toString(all),
                    "chmod g-w,o= " + Texts.word(file.path().toString()));
        }
        return Finding.ok(
                "keys",
                file.path() + " is its owner's"
                        + (all.contains(PosixFilePermission.GROUP_READ) ? " and its group's to read" : " alone"));
    }

    private static Finding of(Key key, Duties duties) {
        String about = "key " + key.id();
        return switch (duties.of(key)) {
            case SEALS -> endsTooEarly(key, duties) ? tooEarly(about, key, duties) : age(about, key, duties.now());
            case WAITS -> Finding.ok(about, "takes over " + Texts.relative(key.sealsFrom(), duties.now()));
            case OPENS ->
                endsTooEarly(key, duties)
                        ? tooEarly(about, key, duties)
                        : Finding.ok(about, "opens what it sealed before");
            case UNNEEDED ->
                Finding.warning(about, "is needed no more", "signet keys retire " + Texts.argument(key.id()));
            case ENDED -> ended(about, key, duties);
        };
    }

    private static Finding age(String about, Key key, Instant now) {
        if (key.madeAt().equals(Instant.EPOCH)) {
            return Finding.ok(about, "seals; the ring does not say since when (iat)");
        }
        Duration age = Duration.between(key.madeAt(), now);
        return age.compareTo(OLD) > 0
                ? Finding.warning(about, "seals, and is " + Texts.rough(age) + " old", "signet keys rotate")
                : Finding.ok(about, "seals, and is " + Texts.rough(age) + " old");
    }

    /** Of a key that seals and that nobody takes over from, any end is. */
    private static boolean endsTooEarly(Key key, Duties duties) {
        Instant needed = duties.neededUntil(key).orElse(key.use() == Key.Use.VERIFYING ? Instant.MIN : Instant.MAX);
        return key.acceptedUntil().filter(end -> end.isBefore(needed)).isPresent();
    }

    private static Finding tooEarly(String about, Key key, Duties duties) {
        Instant end = key.acceptedUntil().orElseThrow();
        return Finding.warning(
                about,
                "ends " + Texts.relative(end, duties.now()) + ", and what it sealed may live until "
                        + duties.neededUntil(key).map(Instant::toString).orElse("long after"),
                "set its exp later, or people are signed out then");
    }

    /** A session may still carry its tokens. */
    private static Finding ended(String about, Key key, Duties duties) {
        return duties.needed(key)
                ? Finding.problem(
                        about,
                        "ended " + Texts.relative(key.acceptedUntil().orElseThrow(), duties.now())
                                + ", but is still needed: people it signed in are signed out",
                        "set its exp to " + duties.neededUntil(key).orElseThrow() + " or remove it")
                : Finding.warning(about, "has ended", "signet keys retire " + Texts.argument(key.id()));
    }
}
