package dev.signet.trials;

import java.util.concurrent.TimeUnit;

/** Waiting, which nobody interrupts. */
final class Pause {
    private Pause() {}

    static void millis(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Nobody interrupts the trials", e);
        }
    }

    static void seconds(double seconds) {
        millis((long) (seconds * 1_000));
    }
}
