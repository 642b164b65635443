package dev.signet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.signet.Session;
import dev.signet.SessionListener;
import dev.signet.Sessions;
import dev.signet.SessionsBuilder;
import dev.signet.Slot;
import dev.signet.TokenFormat;
import dev.signet.Verification;
import dev.signet.keys.Key;
import dev.signet.keys.KeyRing;
import dev.signet.revocation.RevocationLog;
import dev.signet.revocation.Revocations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what a token says and whether it is accepted. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        description =
                "Reads a token or a whole Cookie header from the standard input and shows what it says, and whether and why not it is accepted.",
        footer =
                "A token on the command line would be seen by every user of the machine; that is why it is not read from there.")
final class InspectCommand implements Callable<Integer> {
    private static final int LONGEST_INPUT = 1 << 20;
    private static final int COOKIE_LIMIT = 4096;
    private static final int MOST_COOKIES = 200;

    private final Surroundings around;

    @Mixin
    private final RingOptions ring = new RingOptions();

    @Mixin
    private final StoreOptions store = new StoreOptions();

    @Option(
            names = "--application",
            paramLabel = "NAME",
            defaultValue = "app",
            description = "As the application has it. Default ${DEFAULT-VALUE}.")
    private String application = "app";

    @Option(names = "--name", paramLabel = "NAME", description = "The session's name; else the cookie's, else session.")
    @Nullable
    private String name;

    @Option(names = "--issuer", paramLabel = "ISS", description = "For signed tickets: who issues them.")
    @Nullable
    private String issuer;

    @Option(names = "--audience", paramLabel = "AUD", description = "For signed tickets: whom they are for.")
    @Nullable
    private String audience;

    @Option(names = "--show-data", description = "Show what slots hold, which may be personal.")
    private boolean showData;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    InspectCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws IOException {
        byte[] input = around.in().readNBytes(LONGEST_INPUT + 1);
        String text = new String(input, StandardCharsets.UTF_8).strip();
        if (text.isEmpty() || input.length > LONGEST_INPUT) {
            throw new Refused("give a token or a Cookie header on the standard input, at most 1 MiB");
        }
        Optional<RevocationLog> log = store.log(around);
        try (Revocations revocations = log.map(known -> Revocations.on(new ReadOnlyLog(known))
                        .clock(around.clock())
                        .build())
                .orElseGet(Revocations::none)) {
            return inspect(
                    Presented.parse(text),
                    ring.given(around) ? ring.file(around).read() : null,
                    revocations);
        }
    }

    private int inspect(List<Presented> tokens, @Nullable KeyRing keys, Revocations revocations) {
        if (tokens.size() > MOST_COOKIES) {
            throw new Refused("more than " + MOST_COOKIES + " cookies");
        }
        List<Map<String, String>> findings = new ArrayList<>();
        boolean well = true;
        Map<String, Session> owners = new HashMap<>();
        // Closing one would close the revocations that all of them ask.
        List<Sessions> opened = new ArrayList<>();
        for (Presented token : ownersFirst(tokens)) {
            Map<String, String> finding = known(token);
            findings.add(finding);
            if (keys == null) {
                finding.put("verdict", "unknown: no key ring was given");
            } else if (foreign(token)) {
                finding.put("verdict", "not looked at: it is not the session's");
            } else {
                keyOf(token, keys, finding);
                Sessions sessions = sessions(token, keys, revocations);
                opened.add(sessions);
                well &= decided(token, sessions, owners, finding);
            }
        }
        opened.forEach(Sessions::close);
        print(findings);
        return well && !tokens.isEmpty() ? 0 : Signet.NOT_WELL;
    }

    /** A cookie of something else. */
    private boolean foreign(Presented token) {
        return token.kind() == Presented.Kind.OTHER
                && token.cookie() != null
                && !nameOf(token).equals(token.sessionName().orElse(""));
    }

    private String nameOf(Presented token) {
        if (name != null) {
            return name;
        }
        return token.kind() == Presented.Kind.OTHER
                ? "session"
                : token.sessionName().orElse("session");
    }

    private boolean decided(
            Presented token, Sessions sessions, Map<String, Session> owners, Map<String, String> finding) {
        if (token.isSlot()) {
            return slot(token, sessions, owners.get(nameOf(token)), finding);
        }
        Verification verification = verify(token, sessions);
        verdict(verification, finding);
        verification.active().ifPresent(session -> owners.putIfAbsent(nameOf(token), session));
        return verification.outcome() == Verification.Outcome.ACTIVE;
    }

    /** Slots belong to a ticket or a visitor, the person's before the visitor's. */
    private static List<Presented> ownersFirst(List<Presented> tokens) {
        return tokens.stream()
                .sorted(Comparator.comparingInt(token -> token.isSlot() ? 2 : token.isVisitor() ? 1 : 0))
                .toList();
    }

    private static Map<String, String> known(Presented token) {
        Map<String, String> finding = new LinkedHashMap<>();
        if (token.cookie() != null) {
            finding.put("cookie", Texts.shown(token.cookie()));
        }
        finding.put(
                "kind",
                token.kind() == Presented.Kind.OTHER
                        ? "not a token of Signet"
                        : token.kind().name().toLowerCase(Locale.ROOT));
        finding.put(
                "size",
                token.size() + " of " + COOKIE_LIMIT + " bytes"
                        + (token.size() > COOKIE_LIMIT ? ": browsers drop it" : ""));
        token.ringKey().ifPresent(id -> finding.put("key", Texts.shown(id)));
        token.day().ifPresent(day -> finding.put("sealed on", day));
        return finding;
    }

    private void keyOf(Presented token, KeyRing keys, Map<String, String> finding) {
        Duties duties = new Duties(keys, around.now(), keys.longestLifetime());
        token.ringKey()
                .ifPresent(id -> finding.put(
                        "key",
                        Texts.shown(id) + " ("
                                + keys.key(id)
                                        .map((Key key) -> duties.of(key).word())
                                        .orElse("not in the ring") + ")"));
    }

    private Sessions sessions(Presented token, KeyRing keys, Revocations revocations) {
        try {
            SessionsBuilder builder = Sessions.with(keys)
                    .application(application)
                    .name(nameOf(token))
                    .revocations(revocations)
                    .clock(around.clock())
                    .listener(new SessionListener() {});
            if (token.kind() == Presented.Kind.NESTED) {
                builder.format(TokenFormat.SIGNED_THEN_ENCRYPTED);
            } else if (token.kind() == Presented.Kind.SIGNED) {
                if (issuer == null || audience == null) {
                    throw new Refused("a signed ticket: say --issuer and --audience");
                }
                builder.readableByHolder(issuer, audience);
            }
            return builder.build();
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new Refused(String.valueOf(e.getMessage()));
        }
    }

    private static Verification verify(Presented token, Sessions sessions) {
        return token.isVisitor() ? sessions.verifyVisitor(token.token()) : sessions.verify(token.token());
    }

    private void verdict(Verification verification, Map<String, String> finding) {
        claims(verification).ifPresent(session -> describe(session, finding));
        finding.put("verdict", Verdicts.word(verification) + ": " + Verdicts.meaning(verification));
    }

    private static Optional<Session> claims(Verification verification) {
        if (verification instanceof Verification.Expired expired) {
            return Optional.ofNullable(expired.idle());
        }
        return verification instanceof Verification.Undecided undecided
                ? Optional.of(undecided.unconfirmed())
                : verification.active();
    }

    private void describe(Session session, Map<String, String> finding) {
        if (!session.isVisitor()) {
            finding.put("subject", Texts.shown(session.subject()));
            finding.put(
                    "signed in",
                    time(session.authenticatedAt())
                            + (session.amr().isEmpty() ? "" : " by " + Texts.shown(String.join(", ", session.amr()))));
        }
        finding.put("session", session.id());
        finding.put("lifetime", session.lifetime());
        finding.put("started", time(session.startedAt()));
        finding.put("issued", time(session.issuedAt()));
        finding.put("idle until", time(session.idleUntil()));
        finding.put("ends", time(session.endsAt()));
        if (!session.roles().isEmpty()) {
            finding.put("roles", Texts.shown(String.join(", ", session.roles())));
        }
        if (!session.facts().isEmpty()) {
            finding.put("facts", Texts.shown(session.facts().toString()));
        }
    }

    private String time(Instant time) {
        return time + " (" + Texts.relative(time, around.now()) + ")";
    }

    private boolean slot(Presented token, Sessions sessions, @Nullable Session owner, Map<String, String> finding) {
        String slot = token.slot().orElse("");
        if (owner == null || slot.isEmpty()) {
            finding.put(
                    "verdict",
                    "unknown: a slot opens only beside an accepted ticket, in the Cookie header they came in");
            return false;
        }
        boolean opens = sessions.open(slot, token.token(), owner).isPresent();
        if (opens && showData) {
            Slot<JsonNode> any = Slot.of(slot, JsonNode.class, NullNode.getInstance());
            sessions.read(any, token.token(), owner)
                    .ifPresent(value -> finding.put("data", Texts.shown(value.toString())));
        }
        finding.put(
                "verdict",
                opens
                        ? "ACTIVE: it belongs to the session"
                        : "INVALID: it was changed, belongs to another session or slot, or has expired");
        return opens;
    }

    private void print(List<Map<String, String>> findings) {
        if (json) {
            around.printJson(findings);
            return;
        }
        String between = "";
        for (Map<String, String> finding : findings) {
            if (!between.isEmpty()) {
                around.print(between);
            }
            between = " ";
            finding.forEach((what, is) -> around.print(String.format("%-11s %s", what, is)));
        }
    }
}
