package dev.signet.cli;

import dev.signet.keys.Key;
import dev.signet.keys.KeyRing;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What each key of a ring may do now, and until when it is needed: until nothing that it sealed can be alive.
 *
 * @param longest how long any token may live
 */
record Duties(KeyRing ring, Instant now, Duration longest) {
    /** Clocks differ, and instances learn of a new key a little later than the file has it. */
    private static final Duration MARGIN = Duration.ofMinutes(10);

    /** As an instance that has held all keys for a while chooses its primary. */
    private static final Comparator<Key> LATER =
            Comparator.comparing(Key::sealsFrom).thenComparing(Key::madeAt).thenComparing(Key::id);

    /** What a key may do. */
    enum Duty {
        /** It seals, or signs, everything new. */
        SEALS("seals"),
        /** It opens already and will seal. */
        WAITS("waits"),
        /** It opens what it sealed before. */
        OPENS("opens"),
        /** It still opens, but nothing that it sealed is alive. */
        UNNEEDED("not needed"),
        /** It is refused. */
        ENDED("ended");

        private final String word;

        Duty(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    Duty of(Key key) {
        if (!key.acceptedAt(now)) {
            return Duty.ENDED;
        }
        if (key.use() == Key.Use.VERIFYING) {
            return Duty.OPENS;
        }
        if (key.sealsFrom().isAfter(now)) {
            return Duty.WAITS;
        }
        if (primary(key.use()).filter(key::equals).isPresent()) {
            return Duty.SEALS;
        }
        return needed(key) ? Duty.OPENS : Duty.UNNEEDED;
    }

    private Optional<Key> primary(Key.Use use) {
        return ring.keys().stream()
                .filter(key -> key.use() == use
                        && key.acceptedAt(now)
                        && !key.sealsFrom().isAfter(now))
                .max(LATER);
    }

    /**
     * When nothing that the key sealed can be alive: it seals until another one takes over, or until it ends. Empty while neither is
     * known. A key that has ended gave back what it took over.
     */
    Optional<Instant> neededUntil(Key key) {
        Stream<Instant> takenOver = ring.keys().stream()
                .filter(other -> other.use() == key.use() && other.acceptedAt(now) && LATER.compare(other, key) > 0)
                .map(this::takesOver);
        return Stream.concat(takenOver, key.acceptedUntil().stream())
                .min(Comparator.naturalOrder())
                .map(end -> end.plus(longest).plus(MARGIN));
    }

    /** Whether what it sealed may be alive, accepted or not. */
    boolean needed(Key key) {
        return neededUntil(key).filter(end -> !end.isAfter(now)).isEmpty();
    }

    /** A ring that does not say when a key was added may have got it just now. */
    private Instant takesOver(Key next) {
        Instant known = next.sealsFrom().isAfter(next.madeAt()) ? next.sealsFrom() : next.madeAt();
        return known.equals(Instant.EPOCH) ? now : known;
    }

    List<Key> keys() {
        return ring.keys();
    }
}
