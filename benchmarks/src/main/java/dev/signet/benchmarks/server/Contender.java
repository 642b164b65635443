package dev.signet.benchmarks.server;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One row of the comparison.
 *
 * @param padded whether a cookie of somebody else comes along that makes the header as long as that of Signet's ticket
 */
record Contender(String name, String title, Variant variant, boolean padded) {
    static final List<Contender> ALL =
            Arrays.stream(Variant.values()).flatMap(Contender::of).collect(Collectors.toUnmodifiableList());

    private static Stream<Contender> of(Variant variant) {
        Contender plain = new Contender(variant.name(), variant.title(), variant, false);
        return variant == Variant.JETTY
                ? Stream.of(plain, new Contender("JETTY_PADDED", "Jetty, longer cookies", variant, true))
                : Stream.of(plain);
    }

    /** What it sends, given its own cookies. */
    String sent(String cookies, int ticketLength) {
        String foreign = "; _ga=";
        return padded && cookies.length() + foreign.length() < ticketLength
                ? cookies + foreign + "x".repeat(ticketLength - cookies.length() - foreign.length())
                : cookies;
    }
}
