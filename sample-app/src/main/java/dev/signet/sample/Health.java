package dev.signet.sample;

import dev.signet.revocation.Revocations;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;

/** Whether this instance can answer, for whatever watches it. */
final class Health {
    private final Revocations revocations;

    private record Body(String status, String revocations, long revoked) {}

    Health(Revocations revocations) {
        this.revocations = revocations;
    }

    void show(Context ctx) {
        Revocations.Status status = revocations.status();
        ctx.status(status.answering() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE);
        ctx.json(new Body(status.answering() ? "up" : "down", status.mode(), status.entries()));
    }
}
