package dev.signet.revocation;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/** How a log is followed and what happens when it does not answer. */
record Settings(
        Duration pollInterval,
        Duration stalenessBound,
        Duration storeTimeout,
        boolean failOpen,
        long maxEntries,
        InstantSource clock,
        LongSupplier nanoTime,
        RevocationListener listener) {}
