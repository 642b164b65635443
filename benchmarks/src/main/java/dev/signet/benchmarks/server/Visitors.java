package dev.signet.benchmarks.server;

import dev.signet.benchmarks.Content;
import dev.signet.benchmarks.Content.State;
import dev.signet.benchmarks.Size;
import java.util.Map;

/** Who signs in: the one who is measured, and one of another name and state who shows that the server tells them apart. */
final class Visitors {
    /** Content of size M. */
    static final Content ADA = Content.of(Size.M);

    static final Content BOB = of("bob-1816", Content.of(Size.S).state());

    private static final Map<String, Content> BY_SUBJECT = Map.of(ADA.subject(), ADA, BOB.subject(), BOB);

    private Visitors() {}

    private static Content of(String subject, State state) {
        return new Content(ADA.sid(), subject, ADA.issuedAt(), ADA.expires(), state);
    }

    static Content named(String subject) {
        Content content = BY_SUBJECT.get(subject);
        if (content == null) {
            throw new IllegalArgumentException("nobody is called " + subject);
        }
        return content;
    }
}
