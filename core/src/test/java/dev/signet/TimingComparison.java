package dev.signet;

import dev.signet.revocation.Revocations;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Compares how long refusals take, by Welch's t-test: a command for a quiet machine, since a busy one proves nothing. What an attacker could search for byte by
 * byte, where a tag or a mark differs, must not show: |t| below 4.5 within each group. Differences that everybody may see, such as whether a key id is known,
 * are printed beside it.
 *
 * <pre>{@code
 * mvn -q -pl core test-compile exec:java -Dexec.skip=false -Dexec.classpathScope=test -Dexec.mainClass=dev.signet.TimingComparison
 * }</pre>
 */
public final class TimingComparison {
    private static final int SAMPLES = Integer.getInteger("signet.timing.samples", 100_000);
    private static final int WARM_UP = 30_000;
    private static final int VARIANTS = 512;
    private static final double LIMIT = 4.5;
    /** The slowest tenth is the scheduler's and the collector's. */
    private static final double CROP = 0.9;

    private final Random random = new Random(20_261_122);
    private final MovableClock clock = MovableClock.atNoon();
    private final Sessions sessions = Sessions.with(TestKeys.ring())
            .clock(clock)
            .revocations(Revocations.inMemory(clock))
            .build();
    private boolean sink;

    private TimingComparison() {}

    public static void main(String[] arguments) {
        TimingComparison comparison = new TimingComparison();
        Session ada = comparison.sessions.start("ada");
        Predicate<String> verify =
                ticket -> comparison.sessions.verify(ticket).active().isPresent();
        Predicate<String> fits = token -> comparison.sessions.csrfTokenFits(token, ada);
        boolean fine = comparison.compare("where a ticket is not authentic", true, verify, comparison.forged());
        fine &= comparison.compare("where a CSRF token does not fit", true, fits, comparison.marks(ada));
        comparison.compare("why a ticket is refused (everybody may see this)", false, verify, comparison.causes());
        comparison.sessions.close();
        if (!fine) {
            throw new IllegalStateException("a difference can be measured: |t| is not below " + LIMIT);
        }
    }

    private Map<String, Supplier<String>> forged() {
        Map<String, Supplier<String>> cases = new LinkedHashMap<>();
        cases.put("first byte of the tag", () -> changed(4, 0));
        cases.put("eighth byte of the tag", () -> changed(4, 11));
        cases.put("last whole byte of the tag", () -> changed(4, 20));
        cases.put("first byte of the ciphertext", () -> changed(3, 0));
        cases.put("byte in the ciphertext", () -> changed(3, 100));
        cases.put("first byte of the IV", () -> changed(2, 0));
        return cases;
    }

    private Map<String, Supplier<String>> marks(Session ada) {
        Map<String, Supplier<String>> cases = new LinkedHashMap<>();
        for (int at : List.of(0, 8, 15)) {
            cases.put("byte " + at + " of the mark", () -> mark(sessions.csrfToken(ada), at));
        }
        return cases;
    }

    private Map<String, Supplier<String>> causes() {
        Session ended = sessions.start("ada");
        sessions.end(ended);
        Map<String, Supplier<String>> cases = new LinkedHashMap<>();
        cases.put("tag", () -> changed(4, 0));
        cases.put("revoked", () -> sessions.issue(ended));
        cases.put("expired", this::expired);
        cases.put("unknown key", this::ofAnotherRing);
        cases.put("malformed", () -> sessions.issue(sessions.start("ada")) + "=");
        return cases;
    }

    /** A ticket with another character in one place of one part, all lengths and spellings being right. */
    private String changed(int part, int at) {
        String[] parts = sessions.issue(sessions.start("ada")).split("\\.", -1);
        parts[part] = replaced(parts[part], at);
        return String.join(".", parts);
    }

    private static String replaced(String text, int at) {
        char other = text.charAt(at) == 'A' ? 'B' : 'A';
        return text.substring(0, at) + other + text.substring(at + 1);
    }

    private static String mark(String token, int at) {
        int dot = token.indexOf('.');
        byte[] masked = Base64.getUrlDecoder().decode(token.substring(dot + 1));
        masked[16 + at] ^= 1;
        return token.substring(0, dot + 1) + Forge.base64url(masked);
    }

    private String expired() {
        clock.forward(Duration.ofDays(-1));
        String ticket = sessions.issue(sessions.start("ada"));
        clock.forward(Duration.ofDays(1));
        return ticket;
    }

    private String ofAnotherRing() {
        Sessions others = Sessions.with(TestKeys.ring(TestKeys.secret("k2", 2)))
                .clock(clock)
                .build();
        return others.issue(others.start("ada"));
    }

    private boolean compare(
            String what, boolean limited, Predicate<String> action, Map<String, Supplier<String>> cases) {
        List<String> names = List.copyOf(cases.keySet());
        long[][] nanos = measure(action, texts(List.copyOf(cases.values())));
        double limit = limitOf(nanos);
        System.out.printf("%n%s: %,d samples each, up to %.0f ns%n", what, SAMPLES, limit);
        double[][] cropped = Arrays.stream(nanos)
                .map(times -> Arrays.stream(times)
                        .asDoubleStream()
                        .filter(time -> time <= limit)
                        .toArray())
                .toArray(double[][]::new);
        boolean fine = true;
        for (int one = 0; one < names.size(); one++) {
            System.out.printf("  %-28s mean %.1f ns%n", names.get(one), mean(cropped[one]));
            for (int other = 0; other < one; other++) {
                double t = welch(cropped[one], cropped[other]);
                fine &= Math.abs(t) < LIMIT;
                System.out.printf("    t = %+.2f against %s%n", t, names.get(other));
            }
        }
        return fine || !limited;
    }

    /** Made in turn, so that they lie among each other in memory. */
    private static String[][] texts(List<Supplier<String>> cases) {
        String[][] texts = new String[cases.size()][VARIANTS];
        for (int variant = 0; variant < VARIANTS; variant++) {
            for (int one = 0; one < cases.size(); one++) {
                texts[one][variant] = cases.get(one).get();
            }
        }
        return texts;
    }

    /** In random order, so that what drifts drifts for all. */
    private long[][] measure(Predicate<String> action, String[][] texts) {
        for (int i = 0; i < WARM_UP * texts.length; i++) {
            sink ^= action.test(texts[random.nextInt(texts.length)][random.nextInt(VARIANTS)]);
        }
        long[][] nanos = new long[texts.length][SAMPLES];
        int[] counts = new int[texts.length];
        for (long left = (long) SAMPLES * texts.length; left > 0; ) {
            int next = random.nextInt(texts.length);
            String text = texts[next][random.nextInt(VARIANTS)];
            if (counts[next] < SAMPLES) {
                long start = System.nanoTime();
                sink ^= action.test(text);
                nanos[next][counts[next]++] = System.nanoTime() - start;
                left--;
            }
        }
        return nanos;
    }

    private static double limitOf(long[][] nanos) {
        long[] all = Arrays.stream(nanos).flatMapToLong(Arrays::stream).sorted().toArray();
        return all[(int) (all.length * CROP)];
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(0);
    }

    private static double welch(double[] one, double[] other) {
        double difference = mean(one) - mean(other);
        return difference / Math.sqrt(variance(one) / one.length + variance(other) / other.length);
    }

    private static double variance(double[] values) {
        double mean = mean(values);
        return Arrays.stream(values)
                        .map(value -> (value - mean) * (value - mean))
                        .sum()
                / (values.length - 1);
    }
}
