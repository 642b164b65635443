package dev.signet;

/** The claims of tickets as JSON texts. */
final class TicketTexts {
    static final String SID = "AAAAAAAAAAAAAAAAAAAAAA";

    private TicketTexts() {}

    static String of(Session session) {
        return "{\"sid\":\"%s\",\"sub\":\"%s\",\"st\":%d,\"iat\":%d,\"exp\":%d,\"end\":%d,\"seq\":0}"
                .formatted(
                        session.id(),
                        session.subject(),
                        session.startedAt().getEpochSecond(),
                        session.issuedAt().getEpochSecond(),
                        session.idleUntil().getEpochSecond(),
                        session.endsAt().getEpochSecond());
    }
}
