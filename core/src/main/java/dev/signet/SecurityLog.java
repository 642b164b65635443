package dev.signet;

import dev.signet.revocation.Revocation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes security events to a log, where strangers can cause a bounded number of lines only. Thread-safe. */
final class SecurityLog implements SessionListener {
    static final String NAME = "dev.signet.security";
    /** Lines a minute for each kind of what strangers can cause, of which there are about a dozen. */
    static final int MOST_LINES = 10;

    private static final Logger LOG = LoggerFactory.getLogger(NAME);
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final Map<String, Window> windows = new HashMap<>();

    /** How often the same happened since a moment. */
    private static final class Window {
        private Instant since = Instant.MIN;
        private long count;
    }

    SecurityLog(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void started(Session session) {
        LOG.info("signed in: {}", session);
    }

    @Override
    public void restarted(Session before, Session after) {
        LOG.info("restarted: {} goes on as {}", before, after);
    }

    @Override
    public void ended(Session session) {
        if (!session.isVisitor()) {
            LOG.info("signed out: {}", session);
        }
    }

    @Override
    public void revoked(Revocation revocation) {
        String subject = revocation.subject();
        LOG.info(
                "ended by decision: {}",
                switch (revocation.kind()) {
                    case SESSION -> "one session of " + shown(subject);
                    case SUBJECT -> "every session so far of " + shown(subject);
                    case EVERYONE -> "every session so far";
                });
    }

    private static String shown(@Nullable String subject) {
        return subject == null ? "nobody" : LogText.of(subject);
    }

    @Override
    public void refused(Verification verification) {
        refusal(
                "ticket",
                verification instanceof Verification.Invalid invalid ? invalid.cause() : verification.outcome());
    }

    @Override
    public void slotRefused(String slot, Verification.Cause cause) {
        refusal("slot", cause);
    }

    @Override
    public void discarded(Session session) {
        if (session.isVisitor()) {
            boundedly("a late response wrote nothing: of a visitor");
        } else {
            LOG.info("a late response wrote nothing: {}", session);
        }
    }

    private void refusal(String what, Enum<?> cause) {
        boundedly(what + " refused: " + cause);
    }

    /** What strangers can cause as often as they like. */
    private synchronized void boundedly(String what) {
        Window window = windows.computeIfAbsent(what, unseen -> new Window());
        Instant now = clock.instant();
        if (now.isBefore(window.since) || !now.isBefore(window.since.plus(WINDOW))) {
            long unsaid = window.count - MOST_LINES;
            if (unsaid > 0) {
                LOG.info("{}, {} times more since {}", what, unsaid, window.since);
            }
            window.since = now;
            window.count = 0;
        }
        if (window.count++ < MOST_LINES) {
            LOG.info("{}", what);
        }
    }
}
