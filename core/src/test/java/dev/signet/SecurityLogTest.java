package dev.signet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.revocation.Revocation;
import dev.signet.revocation.Revocations;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecurityLogTest {
    private final MovableClock clock = MovableClock.atNoon();
    private final Sessions sessions = Sessions.with(TestKeys.ring())
            .clock(clock)
            .revocations(Revocations.inMemory(clock))
            .listener(new SecurityLog(clock))
            .build();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final PrintStream before = System.err;

    @BeforeEach
    void listen() {
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stop() {
        System.setErr(before);
        sessions.close();
    }

    /** What was said since the last time, without what the logger puts before it. */
    private List<String> said() {
        List<String> lines = log.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains(SecurityLog.NAME))
                .map(line -> line.substring(line.indexOf(SecurityLog.NAME) + SecurityLog.NAME.length() + 3))
                .toList();
        log.reset();
        return lines;
    }

    @Nested
    @Keeps("L2")
    class What_happens {
        @Test
        void is_told_once() {
            Session ada = sessions.start("ada");
            assertThat(said()).singleElement().asString().startsWith("signed in: session of ada (");
            Session again = sessions.restart(ada, Set.of("ADMIN")).orElseThrow();
            assertThat(said()).singleElement().asString().startsWith("restarted: session of ada (");
            Session kept = sessions.endOthers(again).orElseThrow();
            assertThat(said()).containsExactly("ended by decision: every session so far of ada");
            sessions.end(kept);
            assertThat(said()).singleElement().asString().startsWith("signed out: session of ada (");
            sessions.revoke(Revocation.session(ada.id(), "ada"));
            sessions.revoke(Revocation.everyone());
            assertThat(said())
                    .containsExactly(
                            "ended by decision: one session of ada", "ended by decision: every session so far");
            sessions.listener().discarded(kept);
            assertThat(said()).singleElement().asString().startsWith("a late response wrote nothing: session of ada (");
            sessions.end(sessions.startVisitor());
            assertThat(said()).isEmpty();
        }

        @Test
        void has_a_cause_for_each_refusal() {
            Session ada = sessions.start("ada");
            String ticket = sessions.issue(ada);
            sessions.end(ada);
            said();

            sessions.verify(ticket);
            sessions.verify(ticket + "A");
            sessions.verify("x");
            sessions.verify("A".repeat(5000));
            sessions.open("theme", "x", ada);
            clock.forward(Duration.ofDays(1));
            sessions.verify(ticket);

            assertThat(said())
                    .containsExactly(
                            "ticket refused: REVOKED",
                            "ticket refused: MALFORMED",
                            "ticket refused: MALFORMED",
                            "ticket refused: TOO_LONG",
                            "slot refused: MALFORMED",
                            "ticket refused: EXPIRED");
        }
    }

    @Nested
    @Keeps("L2")
    class Ten_thousand_bad_tickets {
        @Test
        void make_ten_lines_a_minute_and_one_that_counts_the_rest() {
            for (int i = 0; i < 10_000; i++) {
                sessions.verify("bad" + i);
            }
            assertThat(said()).hasSize(SecurityLog.MOST_LINES);

            clock.forward(Duration.ofMinutes(1));
            sessions.verify("bad");
            assertThat(said())
                    .containsExactly(
                            "ticket refused: MALFORMED, 9990 times more since " + MovableClock.NOON,
                            "ticket refused: MALFORMED");
        }

        @Test
        void are_not_outdone_by_late_responses_of_visitors() {
            Session visitor = sessions.startVisitor();
            for (int i = 0; i < 1000; i++) {
                sessions.listener().discarded(visitor);
            }
            assertThat(said())
                    .hasSize(SecurityLog.MOST_LINES)
                    .containsOnly("a late response wrote nothing: of a visitor");
        }

        @Test
        void leave_room_for_other_causes() {
            for (int i = 0; i < 100; i++) {
                sessions.verify("bad" + i);
            }
            sessions.verify("A".repeat(5000));

            assertThat(said()).contains("ticket refused: TOO_LONG");
        }

        @Test
        void are_not_hidden_by_a_clock_that_steps_back() {
            sessions.verify("bad");
            said();
            clock.set(MovableClock.NOON.minusSeconds(3600));

            sessions.verify("bad");

            assertThat(said()).containsExactly("ticket refused: MALFORMED");
        }
    }

    @Nested
    @Keeps("L3")
    class A_name {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "ada\nsigned in: session of root",
                    "ada\r\nX",
                    "\u001b[2Jada",
                    "a\u202eda",
                    "a\u2028da",
                    "a\u0000da",
                    "a\u0085da",
                    "a\u200bda"
                })
        void cannot_forge_a_line(String name) {
            Session session = sessions.start(name);
            sessions.revoke(Revocation.subject(name));

            assertThat(said())
                    .hasSize(2)
                    .allSatisfy(line -> assertThat(line).contains("\\u{").matches("[\\x20-\\x7e…]+"));
            assertThat(session.toString() + SignIn.as(name)).matches("[\\x20-\\x7e…]+");
        }

        @Test
        void is_cut_where_it_is_long() {
            assertThat(LogText.of("a".repeat(255))).hasSize(65).endsWith("a…");
            assertThat(LogText.of("a".repeat(64))).hasSize(64);
            assertThat(LogText.of("Zoë 😀")).isEqualTo("Zoë 😀");
        }
    }

    /** What strangers send stands in no line at all. */
    @Test
    @Keeps({"L3", "L1"})
    @Tries(8)
    void the_wire_is_never_quoted() {
        String kid = Forge.base64url(Forge.utf8(
                "{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"kid\":\"k1\\r\\nforged.20513\",\"typ\":\"st1+jwt\"}"));

        sessions.verify(kid + "..AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA");
        sessions.verify("forged\r\n\u001b[31m");

        assertThat(said()).containsExactly("ticket refused: HEADER", "ticket refused: MALFORMED");
    }

    @Test
    void of_the_application_is_made_in_one_word() {
        assertThat(SessionListener.logging()).isInstanceOf(SecurityLog.class);
    }
}
