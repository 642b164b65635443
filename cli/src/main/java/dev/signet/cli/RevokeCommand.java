package dev.signet.cli;

import dev.signet.revocation.Revocation;
import dev.signet.revocation.RevocationLog;
import dev.signet.revocation.Revocations;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Ends sessions. */
@Command(
        name = "revoke",
        mixinStandardHelpOptions = true,
        description =
                "Ends one session, every session of a subject so far, or every session so far, everywhere. Says so only once it is recorded.")
final class RevokeCommand implements Callable<Integer> {
    private final Surroundings around;

    @Mixin
    private final StoreOptions store = new StoreOptions();

    @ArgGroup(multiplicity = "1")
    private Whose whose = new Whose();

    /** Exactly one of them. */
    static final class Whose {
        @ArgGroup(exclusive = false)
        @Nullable
        One one;

        @Option(names = "--everyone", description = "Everybody has to sign in again.")
        boolean everyone;
    }

    /** A subject, or one of its sessions. */
    static final class One {
        @Option(names = "--subject", required = true, paramLabel = "SUBJECT", description = "Whose sessions.")
        String subject = "";

        @Option(names = "--session", paramLabel = "ID", description = "Only this one of them; 'inspect' shows its id.")
        @Nullable
        String session;
    }

    @Option(
            names = "--longest",
            paramLabel = "DURATION",
            defaultValue = "400d",
            description = "How long your longest session may live: so long it is remembered. Default ${DEFAULT-VALUE}.")
    private String longest = "400d";

    RevokeCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        Duration life = Texts.longest(longest);
        Revocation revocation = revocation();
        RevocationLog log = store.required(around);
        try (Revocations revocations = Revocations.on(log).clock(around.clock()).build()) {
            long position = revocations.revoke(revocation, life);
            around.print("Recorded at position " + position + ". Instances that follow the store refuse "
                    + (whose.everyone ? "every ticket issued before" : "it") + " within their staleness bound.");
        }
        return 0;
    }

    private Revocation revocation() {
        One one = whose.one;
        if (one == null) {
            return Revocation.everyone();
        }
        if (one.subject.isEmpty() || one.subject.length() > 255) {
            throw new Refused("--subject must have 1 to 255 characters");
        }
        String session = one.session;
        if (session == null) {
            return Revocation.subject(one.subject);
        }
        if (!session.matches("[A-Za-z0-9_-]{22}")) {
            throw new Refused("--session must be the 22 characters that 'inspect' shows");
        }
        return Revocation.session(session, one.subject);
    }
}
