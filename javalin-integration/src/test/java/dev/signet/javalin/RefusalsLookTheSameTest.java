package dev.signet.javalin;

import static dev.signet.javalin.SessionPlugin.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.Keeps;
import dev.signet.Lifetime;
import dev.signet.Session;
import dev.signet.Sessions;
import dev.signet.SessionsBuilder;
import dev.signet.SignIn;
import dev.signet.Slot;
import dev.signet.Tries;
import dev.signet.keys.KeyRing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tickets that are refused for every reason there is, most of them authentic: whoever sends one learns nothing but that it was refused. */
@Keeps("K8")
@Tries(36)
class RefusalsLookTheSameTest {
    private final App app = App.start(config -> {
        config.routes.get("/me", ctx -> ctx.result(session(ctx).subject()));
        config.routes.get("/guarded", ctx -> ctx.result("guarded"), SessionRoute.SIGNED_IN);
        config.routes.get(
                "/open",
                ctx -> ctx.result(
                        session(ctx).current().isPresent() + " " + session(ctx).get("theme")));
    });
    private final Sessions sessions = app.plugin.sessions();

    @AfterEach
    void stop() {
        app.close();
    }

    private String of(KeyRing keys, UnaryOperator<SessionsBuilder> settings) {
        Sessions others = settings.apply(Sessions.with(keys).clock(app.clock)).build();
        return others.issue(others.start("ada"));
    }

    /** By what is wrong with them; afterwards an hour has passed. */
    private Map<String, String> refused() {
        Map<String, String> tickets = new LinkedHashMap<>();
        Session expired = sessions.start("ada");
        Lifetime brief = Lifetime.of(Duration.ofMinutes(5), Duration.ofMinutes(10));
        tickets.put("idle for too long", sessions.issue(expired));
        tickets.put("past its absolute end", of(App.KEYS, s -> s.lifetime(brief)));
        app.clock.advance(Duration.ofHours(1));
        Session ended = sessions.start("ada");
        sessions.end(ended);
        tickets.put("signed out", sessions.issue(ended));
        Session replaced = sessions.start("ada");
        assertThat(sessions.restart(replaced, Set.of())).isPresent();
        tickets.put("restarted", sessions.issue(replaced));
        Session live = sessions.start(SignIn.as("ada").roles("ADMIN"));
        String good = sessions.issue(live);
        tickets.put("a visitor's", sessions.issue(sessions.startVisitor()));
        tickets.put("a slot", sessions.seal(sessions.content(Slot.text("theme"), "dark"), live));
        tickets.put("of another application", of(App.KEYS, s -> s.application("other")));
        tickets.put("of another session", of(App.KEYS, s -> s.name("admin")));
        tickets.put("of another ring", of(KeyRing.generate(), s -> s));
        tickets.put(
                "of the future",
                of(App.KEYS, s -> s.clock(() -> app.clock.instant().plusSeconds(3600))));
        tickets.put(
                "of another day's future",
                of(App.KEYS, s -> s.clock(() -> app.clock.instant().plus(Duration.ofDays(3)))));
        tickets.put(
                "of long ago",
                of(App.KEYS, s -> s.clock(() -> app.clock.instant().minus(Duration.ofDays(500)))));
        String[] parts = good.split("\\.", -1);
        for (int part : List.of(0, 2, 3, 4)) {
            for (int at : List.of(0, parts[part].length() / 2)) {
                String[] changed = parts.clone();
                char other = parts[part].charAt(at) == 'A' ? 'B' : 'A';
                changed[part] = parts[part].substring(0, at) + other + parts[part].substring(at + 1);
                tickets.put("changed in part " + part + " at " + at, String.join(".", changed));
            }
        }
        for (int length : List.of(1, 10, 100, 200, good.length() - 1)) {
            tickets.put("of " + length + " characters", good.substring(0, length));
        }
        for (String text : List.of(
                "x",
                ".",
                "....",
                "a.b.c.d.e",
                "e30....",
                "eyJhbGciOiJub25lIn0.e30.",
                "{}",
                "null",
                "\"\"",
                "%00",
                "../../x")) {
            tickets.put("the text " + text, text);
        }
        tickets.put("too long", good + "A".repeat(5000));
        tickets.put("doubled", good + "; __Host-session=" + good);
        tickets.put("doubled with nothing", good + "; __Host-session=");
        tickets.put("padded", good + "=");
        assertThat(app.browser().cookie("__Host-session=" + good).get("/me").body())
                .isEqualTo("ada");
        return tickets;
    }

    private List<Answer> answers(Map<String, String> tickets, String path, String... more) {
        return tickets.values().stream()
                .map(ticket -> {
                    List<String> headers = new ArrayList<>(List.of(more));
                    headers.add("Cookie: __Host-session=" + ticket);
                    return withoutDate(Wire.send(app.port(), "GET " + path, headers, ""));
                })
                .toList();
    }

    private static Answer withoutDate(Answer answer) {
        Map<String, List<String>> headers = new LinkedHashMap<>(answer.headers());
        headers.remove("date");
        return new Answer(answer.status(), headers, answer.body());
    }

    @Test
    void to_whoever_asks_for_something() {
        Map<String, String> tickets = refused();
        assertThat(tickets.keySet()).hasSizeGreaterThanOrEqualTo(40);

        for (String path : List.of("/me", "/guarded")) {
            assertThat(answers(tickets, path).stream().distinct())
                    .singleElement()
                    .satisfies(answer -> {
                        assertThat(answer.status()).isEqualTo(401);
                        assertThat(answer.body()).isEqualTo("sign in");
                        assertThat(answer.setCookies()).isEmpty();
                    });
        }
        assertThat(answers(tickets, "/open").stream().map(Answer::body).distinct())
                .containsExactly("false Optional.empty");
        assertThat(answers(tickets, "/me", "Accept: application/json").stream().distinct())
                .hasSize(1);
        assertThat(answers(Map.of("nothing", ""), "/me")).isEqualTo(answers(Map.of("a text", "x"), "/me"));
    }

    /** The one difference is meant: a key that is unknown here may be known to another instance, so its cookie is left alone. Its id is no secret. */
    @Test
    void to_navigations_but_for_keys_that_others_may_know() {
        Map<String, String> tickets = refused();
        String[] navigation = {"Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"};
        String foreign = Objects.requireNonNull(tickets.remove("of another ring"));

        assertThat(answers(tickets, "/me", navigation).stream().distinct())
                .singleElement()
                .satisfies(answer -> assertThat(answer.cookieNames()).containsExactly("__Host-session"));
        assertThat(answers(Map.of("of another ring", foreign), "/me", navigation))
                .allSatisfy(answer -> assertThat(answer.cookieNames()).isEmpty());
    }
}
