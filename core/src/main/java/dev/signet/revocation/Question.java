package dev.signet.revocation;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Whether a ticket had ended before one certain entry: asked before that entry is appended, answered where the log is read. */
record Question(String sid, String subject, long seq, CompletableFuture<Boolean> answer) {
    Question(String sid, String subject, long seq) {
        this(sid, subject, seq, new CompletableFuture<>());
    }

    /** What is known just before the entry itself is applied; only the first answer counts. */
    void ask(Replica before, Replica alsoHeld) {
        answer.complete(before.ends(sid, subject, seq) || alsoHeld.ends(sid, subject, seq));
    }

    Optional<Boolean> answered() {
        return Optional.ofNullable(answer.getNow(null));
    }
}
