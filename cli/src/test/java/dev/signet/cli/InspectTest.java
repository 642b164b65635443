package dev.signet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.Session;
import dev.signet.Sessions;
import dev.signet.SignIn;
import dev.signet.Slot;
import dev.signet.TokenFormat;
import dev.signet.keys.KeyRing;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectTest {
    private static final Slot<String> CART = Slot.of("cart", String.class, "");

    private final Terminal terminal = new Terminal();

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void makeKeys() {
        file = directory.resolve("keys.jwks");
        terminal.environment.put("SIGNET_KEYS", file.toString());
        terminal.type("keys new --pair").isWell();
    }

    private Sessions sessions(String application) {
        return Sessions.with(KeyRing.load(file))
                .application(application)
                .clock(() -> terminal.now)
                .build();
    }

    private String ticket(String application) {
        try (Sessions sessions = sessions(application)) {
            return sessions.issue(sessions.start(SignIn.as("ada")));
        }
    }

    private Terminal.Answer inspect(String input, String options) {
        return terminal.typeWith(input, ("inspect --application shop" + options));
    }

    @Test
    void an_accepted_ticket_is_told_with_its_clocks() {
        String ticket = ticket("shop");
        terminal.later(Duration.ofMinutes(18));

        assertThat(inspect(ticket, "").isWell().out())
                .contains("kind        ticket", "subject     ada", "(in 12 min)", "(18 min ago)", "(seals)", "ACTIVE")
                .contains(ticket.length() + " of 4096 bytes");
    }

    @Test
    void an_idle_ticket_is_told_with_its_clocks_and_exit_code_1() {
        String ticket = ticket("shop");
        terminal.later(Duration.ofMinutes(31));

        Terminal.Answer answer = inspect(ticket, "");

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.out()).contains("subject     ada", "(60 s ago)", "EXPIRED");
    }

    @Nested
    class What_is_not_accepted {
        private void isTold(String token, String options, String verdict) {
            Terminal.Answer answer = inspect(token, options);
            assertThat(answer.code()).isEqualTo(1);
            assertThat(answer.out()).contains(verdict);
        }

        @Test
        void because_it_was_cut_is_told() {
            String ticket = ticket("shop");
            isTold(ticket.substring(0, ticket.lastIndexOf('.')), "", "INVALID, MALFORMED");
        }

        @Test
        void because_it_was_changed_or_is_of_another_application_is_told() {
            isTold(ticket("other"), "", "INVALID, FORGED");
        }

        @Test
        void because_its_key_is_gone_is_told() {
            String ticket = ticket("shop");
            String old = KeyRing.load(file).keys().get(0).id();
            terminal.type("keys rotate --in 0s").isWell();
            terminal.type("keys retire --now -- " + old).isWell();
            isTold(ticket, "", "not in the ring");
            isTold(ticket, "", "INVALID, UNKNOWN_KEY");
        }

        @Test
        void because_the_clock_that_issued_it_is_ahead_is_told() {
            terminal.later(Duration.ofMinutes(5));
            String ticket = ticket("shop");
            terminal.later(Duration.ofMinutes(-5));
            isTold(ticket, "", "INVALID, FROM_THE_FUTURE");
        }

        @Test
        void because_it_is_past_its_end_is_told() {
            String ticket = ticket("shop");
            terminal.later(Duration.ofHours(12));
            isTold(ticket, "", "EXPIRED: its absolute limit has passed");
        }
    }

    @Nested
    class A_cookie_header {
        private String header = "";

        @BeforeEach
        void make() {
            try (Sessions sessions = sessions("shop")) {
                Session session = sessions.start("ada");
                String cart = sessions.seal(sessions.content(CART, "two books"), session);
                header = "Cookie: theme=dark; __Host-session.cart=" + cart + "; __Host-session="
                        + sessions.issue(session);
            }
        }

        @Test
        void is_told_cookie_by_cookie() {
            String out = inspect(header, "").isWell().out();

            assertThat(out).contains("theme\n", "not looked at");

            assertThat(out).contains("__Host-session\n", "__Host-session.cart\n", "ACTIVE: it belongs to the session");
            assertThat(out).doesNotContain("two books");
        }

        @Test
        void shows_what_slots_hold_when_told_to() {
            assertThat(inspect(header, " --show-data").out()).contains("\"two books\"");
        }

        @Test
        void is_told_as_JSON() {
            assertThat(inspect(header, " --json").out())
                    .contains("\"cookie\" : \"__Host-session.cart\"", "\"subject\" : \"ada\"");
        }

        @Test
        void without_the_ticket_opens_no_slot() {
            Terminal.Answer answer = inspect(header.replaceFirst("; __Host-session=.*", ""), "");

            assertThat(answer.code()).isEqualTo(1);
            assertThat(answer.out()).contains("a slot opens only beside an accepted ticket");
        }
    }

    @Test
    void without_a_ring_only_the_header_is_shown() {
        String ticket = ticket("shop");
        terminal.environment.remove("SIGNET_KEYS");

        assertThat(inspect(ticket, "").out())
                .contains("kind        ticket", "sealed on   2026-11-23", "unknown: no key ring")
                .doesNotContain("ada");
    }

    @Test
    void signed_tickets_need_to_know_whom_they_are_for() {
        String ticket;
        try (Sessions sessions = Sessions.with(KeyRing.load(file))
                .readableByHolder("us", "them")
                .clock(() -> terminal.now)
                .build()) {
            ticket = sessions.issue(sessions.start("ada"));
        }

        inspect(ticket, "").isRefused("--issuer and --audience");
        assertThat(inspect(ticket, " --issuer us --audience them").isWell().out())
                .contains("kind        signed", "ada");
    }

    @Test
    void nested_tickets_are_opened_to_the_core() {
        String ticket;
        try (Sessions sessions = Sessions.with(KeyRing.load(file))
                .application("shop")
                .format(TokenFormat.SIGNED_THEN_ENCRYPTED)
                .clock(() -> terminal.now)
                .build()) {
            ticket = sessions.issue(sessions.start("ada"));
        }

        assertThat(inspect(ticket, "").isWell().out()).contains("kind        nested", "subject     ada");
    }

    @Test
    void nested_slots_and_visitors_are_told_from_tickets_by_their_cookies() {
        String tickets;
        String visit;
        Slot<String> theme = Slot.text("theme");
        try (Sessions sessions = Sessions.with(KeyRing.load(file))
                .application("shop")
                .format(TokenFormat.SIGNED_THEN_ENCRYPTED)
                .clock(() -> terminal.now)
                .build()) {
            Session ada = sessions.start("ada");
            Session visitor = sessions.startVisitor();
            String slot = sessions.seal(sessions.content(theme, "dark"), ada);
            tickets = "__Host-session.theme=" + slot + "; __Host-session=" + sessions.issue(ada);
            visit = "__Host-session-visitor=" + sessions.issue(visitor);
        }

        assertThat(inspect(tickets, "").isWell().out()).contains("ACTIVE: it belongs to the session");
        assertThat(inspect(visit, "").isWell().out()).contains("ACTIVE");
    }

    @Test
    void a_slot_whose_name_cannot_be_one_is_not_opened() {
        String ticket;
        String slot;
        try (Sessions sessions = Sessions.with(KeyRing.load(file))
                .application("shop")
                .clock(() -> terminal.now)
                .build()) {
            Session ada = sessions.start("ada");
            ticket = sessions.issue(ada);
            slot = sessions.seal(sessions.content(Slot.text("theme"), "dark"), ada);
        }

        assertThat(inspect("__Host-session=" + ticket + "; __Host-session.Theme=" + slot, "")
                        .out())
                .contains("ACTIVE", "unknown: a slot opens only");
    }

    @Test
    void a_header_with_padding_is_not_of_a_token() {
        String cookie = "session=eyJraWQiOiJhYi4yMDAwMCIsInR5cCI6InN0MStqd3QifQ";

        assertThat(inspect(cookie + ".x", "").out()).contains("kind        ticket");
        assertThat(inspect(cookie + "==.x", "").out()).contains("not a token of Signet");
    }

    @Test
    void what_a_terminal_would_obey_is_spelled_out() {
        assertThat(inspect("a\u001b[31m=b", "").out()).contains("\\u{1b}[31m").doesNotContain("\u001b");
    }

    @Test
    void nothing_to_inspect_is_refused() {
        inspect("  \n", "").isRefused("standard input");
    }
}
