package dev.signet.sample;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What the environment says about this start.
 *
 * @param port {@code PORT}, default 7070; 0 for any that is free
 * @param keys {@code SIGNET_KEYS}, the key ring file; default {@code data/keys.jwks}
 * @param revocations {@code SIGNET_REVOCATIONS}, where sign-outs are recorded; default {@code jdbc:h2:file:./data/revocations}; see
 *     {@link RevocationStore}
 * @param origin {@code SIGNET_ORIGIN}: the address that people use where TLS ends in front of us, such as
 *     {@code https://shop.example}; default none
 * @param metricsPort {@code METRICS_PORT}, where Prometheus finds {@code /metrics} on this machine; default none
 */
record Settings(int port, Path keys, String revocations, Optional<String> origin, Optional<Integer> metricsPort) {
    /** @throws IllegalArgumentException naming the variable and what it may be */
    static Settings from(Map<String, String> environment) {
        return new Settings(
                port("PORT", environment.getOrDefault("PORT", "7070")),
                Path.of(environment.getOrDefault("SIGNET_KEYS", "data/keys.jwks")),
                environment.getOrDefault("SIGNET_REVOCATIONS", "jdbc:h2:file:./data/revocations"),
                Optional.ofNullable(environment.get("SIGNET_ORIGIN")).map(Settings::origin),
                Optional.ofNullable(environment.get("METRICS_PORT")).map(value -> port("METRICS_PORT", value)));
    }

    private static int port(String variable, String value) {
        if (!value.matches("\\d{1,5}") || Integer.parseInt(value) > 65_535) {
            throw new IllegalArgumentException(variable + " is '" + value + "': use a number from 0 to 65535");
        }
        return Integer.parseInt(value);
    }

    private static String origin(String value) {
        if (!value.matches("https://[a-z0-9.-]+(:\\d{1,5})?")) {
            throw new IllegalArgumentException(
                    "SIGNET_ORIGIN is '" + value + "': use https and a host, such as https://shop.example");
        }
        return value;
    }
}
