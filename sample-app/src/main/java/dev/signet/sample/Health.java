package dev.signet.sample;

import dev.signet.revocation.Revocations;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Whether this instance can answer, for whatever watches it. */
final class Health {
    private final Revocations revocations;

    /** @param stalenessMillis since the store last confirmed that nothing is missing here; null if it never did */
    private record Body(
            String status,
            String revocations,
            long position,
            @Nullable Long stalenessMillis,
            long revoked) {}

    Health(Revocations revocations) {
        this.revocations = revocations;
    }

    void show(Context ctx) {
        Revocations.Status status = revocations.status();
        ctx.status(status.answering() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE);
        ctx.json(new Body(
                status.answering() ? "up" : "down",
                status.mode(),
                status.position(),
                millis(status.staleness()),
                status.entries()));
    }

    private static @Nullable Long millis(Duration staleness) {
        return staleness.compareTo(Duration.ofDays(36_500)) > 0 ? null : staleness.toMillis();
    }
}
