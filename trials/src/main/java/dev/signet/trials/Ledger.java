package dev.signet.trials;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/** What was promised to whom, what happened, and what should not have happened. Thread-safe. */
final class Ledger {
    private static final int EXAMPLES = 25;
    private static final int LONGEST_EXAMPLE = 300;
    private static final List<Integer> WINDOWS = List.of(20, 20, 300, Integer.MAX_VALUE);

    private final long started = System.nanoTime();
    private final List<Ended> ended = new ArrayList<>();
    private final Map<Promise, List<String>> examples = new EnumMap<>(Promise.class);
    private final Map<Promise, Integer> violations = new EnumMap<>(Promise.class);
    private final Map<Count, Long> counts = new ConcurrentSkipListMap<>();
    private final Map<String, Long> attacks = new ConcurrentSkipListMap<>();
    private long latestAcceptance;
    private long slowestPublicPage;

    /** What is counted. */
    enum Count {
        SIGN_INS("sign-ins"),
        /** Documented: what was known when the request arrived was too old to tell; as little as nothing just after a start. */
        SIGN_INS_OVERTAKEN("sign-ins to be repeated (409)"),
        SIGN_OUTS("sign-outs answered with success"),
        SIGN_OUTS_REFUSED("sign-outs answered with 503"),
        SIGN_OUTS_UNANSWERED("sign-outs without an answer because the process was killed"),
        LIVE_READS("reads with a live cookie, accepted"),
        LIVE_UNDECIDED("reads with a live cookie, undecided"),
        REPLAYS_REFUSED("replays refused"),
        REPLAYS_UNDECIDED("replays undecided"),
        REPLAYS_WITHIN("replays accepted within the staleness bound"),
        PUBLIC_PAGES("public pages answered 200"),
        FINAL_REPLAYS("replays of every cookie at the end, refused"),
        FRESH_REPLAYS("replays of every cookie at a fresh node, refused"),
        REQUESTS("requests"),
        HONEST("requests of honest people"),
        HOSTILE("hostile requests"),
        WRITES("writes to a cart, answered with success"),
        CARTS_READ("carts found as they were left"),
        CUT_OFF("honest requests cut off by a restart, repeated"),
        ROTATIONS("keys added"),
        STOPPED("processes told to end and started again"),
        KILLED("processes killed and started again");

        static final Set<Count> OF_FAULTS = EnumSet.range(SIGN_INS, FRESH_REPLAYS);
        static final Set<Count> OF_SOAK = EnumSet.of(
                HONEST,
                HOSTILE,
                SIGN_INS,
                SIGN_INS_OVERTAKEN,
                SIGN_OUTS,
                LIVE_READS,
                WRITES,
                CARTS_READ,
                CUT_OFF,
                REPLAYS_REFUSED,
                REPLAYS_WITHIN,
                FINAL_REPLAYS,
                FRESH_REPLAYS,
                PUBLIC_PAGES,
                ROTATIONS,
                STOPPED,
                KILLED);

        private final String words;

        Count(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /**
     * A cookie whose session was ended, with success.
     *
     * @param everywhere whether by an entry for its subject
     * @param at when the answer had been received, on the driver's monotonic clock
     */
    record Ended(String cookie, String session, String subject, boolean everywhere, long at) {}

    void count(Count what) {
        counts.merge(what, 1L, Long::sum);
    }

    long counted(Count what) {
        return counts.getOrDefault(what, 0L);
    }

    /** An attack that was refused as it should be. */
    void refused(String attack) {
        attacks.merge(attack, 1L, Long::sum);
    }

    /** The attacks that were refused, how often each. */
    Map<String, Long> attacks() {
        return attacks;
    }

    synchronized void ended(List<Ended> cookies) {
        ended.addAll(cookies);
    }

    synchronized List<Ended> ended() {
        return List.copyOf(ended);
    }

    /** Every second time one of the very latest, every fourth time any. */
    synchronized Optional<Ended> anyEnded(Random random) {
        if (ended.isEmpty()) {
            return Optional.empty();
        }
        int window = Math.min(WINDOWS.get(random.nextInt(WINDOWS.size())), ended.size());
        return Optional.of(ended.get(ended.size() - 1 - random.nextInt(window)));
    }

    synchronized void acceptedAfter(long nanos) {
        latestAcceptance = Math.max(latestAcceptance, nanos);
    }

    synchronized Duration latestAcceptance() {
        return Duration.ofNanos(latestAcceptance);
    }

    synchronized void publicPageTook(long nanos) {
        slowestPublicPage = Math.max(slowestPublicPage, nanos);
    }

    synchronized Duration slowestPublicPage() {
        return Duration.ofNanos(slowestPublicPage);
    }

    /** All are counted, the first ones of each kind are kept. */
    synchronized void violation(Promise broken, String how) {
        violations.merge(broken, 1, Integer::sum);
        List<String> kept = examples.computeIfAbsent(broken, first -> new ArrayList<>());
        if (kept.size() < EXAMPLES) {
            kept.add(String.format("at %.1f s: %s", seconds(), shortened(how)));
        }
    }

    /** Bodies of answers may be long; both ends of them tell. */
    private static String shortened(String how) {
        return how.length() <= LONGEST_EXAMPLE
                ? how
                : how.substring(0, LONGEST_EXAMPLE / 2) + " […] " + how.substring(how.length() - LONGEST_EXAMPLE / 2);
    }

    synchronized int violations() {
        return violations.values().stream().mapToInt(Integer::intValue).sum();
    }

    synchronized int violations(Promise promise) {
        return violations.getOrDefault(promise, 0);
    }

    synchronized List<String> examples() {
        return examples.values().stream().flatMap(List::stream).toList();
    }

    double seconds() {
        return (System.nanoTime() - started) / 1e9;
    }
}
