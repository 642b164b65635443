package dev.signet;

import static dev.signet.VerificationAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.signet.Verification.Cause;
import dev.signet.Verification.Outcome;
import dev.signet.keys.KeyRing;
import dev.signet.revocation.RevocationLog;
import dev.signet.revocation.Revocations;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two instances of an application that follow one key source, and learn of its changes at different times. */
class KeyRotationTest {
    private static final Instant NOON = MovableClock.NOON;
    private static final String OLD = TestKeys.secret("old", 1);
    private static final Slot<String> THEME = Slot.text("theme");

    private final MovableClock clock = MovableClock.atNoon();
    private final RevocationLog log = Revocations.memoryLog(clock);
    private final Vault vault = new Vault(OLD);
    private final Sessions first = instance();
    private final Sessions second = instance();

    private Sessions instance() {
        return Sessions.with(KeyRing.from(vault))
                .clock(clock)
                .revocations(Revocations.on(log).clock(clock).build())
                .build();
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
    }

    private static String sealedBy(String token) {
        String header = new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[0]), StandardCharsets.UTF_8);
        return header.replaceAll(".*\"kid\":\"([^.]*)\\..*", "$1");
    }

    private static String ticket(Sessions sessions) {
        return sessions.issue(sessions.start("ada"));
    }

    @Test
    @Keeps("K4")
    @Tries(53)
    void accepted_then_primary_then_retired_signs_nobody_out() {
        String next = TestKeys.secret("next", 2, TestKeys.from(NOON));
        List<Browser> browsers = new ArrayList<>();
        Random random = new Random(5);
        List<String> sealers = new ArrayList<>();
        for (int minute = 0; minute < 600; minute += 5) {
            clock.set(NOON.plus(Duration.ofMinutes(minute)));
            switch (minute) {
                case 30 -> vault.put(OLD, next);
                case 35 -> first.refreshKeys();
                case 65 -> second.refreshKeys();
                case 400 -> vault.put(next);
                case 405 -> first.refreshKeys();
                case 430 -> second.refreshKeys();
                default -> {
                    if (minute < 200) {
                        browsers.add(new Browser(random.nextBoolean() ? first : second));
                    }
                }
            }
            for (Browser browser : browsers) {
                sealers.add(browser.visit(random.nextBoolean() ? first : second, "seed 5, minute " + minute));
            }
            if (minute == 150 || minute == 160 || minute == 185) {
                assertThat(List.of(sealedBy(ticket(first)), sealedBy(ticket(second))))
                        .as("minute %d", minute)
                        .isEqualTo(
                                switch (minute) {
                                    case 150 -> List.of("old", "old");
                                    case 160 -> List.of("next", "old");
                                    default -> List.of("next", "next");
                                });
            }
        }

        assertThat(sealers).contains("old", "next");
        assertThat(browsers).hasSizeGreaterThan(20);
    }

    /** A person's cookies; renewed at each visit where that is due, their slot written at each. */
    private final class Browser {
        private String ticket;
        private String theme;

        Browser(Sessions sessions) {
            Session session = sessions.start("ada");
            ticket = sessions.issue(session);
            theme = sessions.seal(sessions.content(THEME, "dark"), session);
        }

        String visit(Sessions instance, String when) {
            Verification verification = instance.verify(ticket);
            assertThat(verification.outcome()).as(when).isEqualTo(Outcome.ACTIVE);
            Session session = verification.active().orElseThrow();
            assertThat(instance.open("theme", theme, session).flatMap(content -> instance.value(THEME, content)))
                    .as(when)
                    .contains("dark");
            if (instance.renewalDue(session)) {
                ticket = instance.issue(instance.renew(session));
            }
            theme = instance.seal(instance.content(THEME, "dark"), session);
            return sealedBy(theme);
        }
    }

    @Nested
    @Keeps("K4")
    @Tries({29, 53})
    class A_key_that_is_removed {

        @Test
        void takes_its_tokens_with_it_at_once() {
            Session ada = first.start("ada");
            String ticket = first.issue(ada);
            String theme = first.seal(first.content(THEME, "dark"), ada);
            assertThat(first.verify(ticket)).isActive();
            vault.put(TestKeys.secret("next", 2));

            first.refreshKeys();

            assertThat(first.verify(ticket)).isInvalid(Cause.UNKNOWN_KEY);
            assertThat(first.open("theme", theme, ada)).isEmpty();
            assertThat(second.verify(ticket)).isActive();
        }

        @Test
        void is_replaced_by_the_next_although_that_is_new() {
            vault.put(TestKeys.secret("next", 2));

            first.refreshKeys();

            assertThat(sealedBy(ticket(first))).isEqualTo("next");
            assertThat(second.verify(ticket(first))).isActive();
        }
    }

    @Nested
    class A_key_that_retires {
        private final Instant end = NOON.plus(Duration.ofMinutes(10));

        @ParameterizedTest
        @CsvSource({"-1000, ACTIVE", "-1, ACTIVE", "0, INVALID", "1000, INVALID"})
        void is_accepted_until_then(long millisAfter, Outcome outcome) {
            vault.put(TestKeys.secret("old", 1, TestKeys.until(end)), TestKeys.secret("next", 2, TestKeys.from(end)));
            first.refreshKeys();
            String ticket = ticket(first);
            assertThat(sealedBy(ticket)).isEqualTo("old");
            assertThat(first.verify(ticket)).isActive();
            clock.set(end.plusMillis(millisAfter));

            assertThat(first.verify(ticket).outcome()).isEqualTo(outcome);
            assertThat(sealedBy(ticket(first))).isEqualTo(millisAfter < 0 ? "old" : "next");
        }

        @Test
        void leaves_no_mark_of_a_page_behind_either() {
            vault.put(TestKeys.secret("old", 1, TestKeys.until(end)), TestKeys.secret("next", 2));
            Session ada = first.start("ada");
            String token = first.csrfToken(ada);
            first.refreshKeys();
            assertThat(first.csrfTokenFits(token, ada)).isTrue();

            clock.set(end);

            assertThat(first.csrfTokenFits(token, ada)).isFalse();
        }
    }

    @Nested
    @Keeps("K4")
    @Tries(53)
    class A_token_of_an_unknown_key {

        @Test
        void makes_an_instance_look_at_the_source() {
            vault.put(OLD, TestKeys.secret("next", 2, TestKeys.from(NOON)));
            first.refreshKeys();
            clock.forward(Vault.POLL.multipliedBy(2));
            String ticket = ticket(first);
            assertThat(sealedBy(ticket)).isEqualTo("next");

            assertThat(second.verify(ticket)).isActiveFor("ada");
        }

        @Test
        void is_refused_while_the_source_is_broken_and_opens_later() {
            vault.put(OLD, TestKeys.secret("next", 2));
            first.refreshKeys();
            clock.forward(Vault.POLL.multipliedBy(2));
            Session ada = first.start("ada");
            String ticket = first.issue(ada);
            vault.put(TestKeys.secret("next", 2));
            first.refreshKeys();
            ticket = first.issue(ada);
            vault.breakDown();

            assertThat(second.verify(ticket)).isInvalid(Cause.UNKNOWN_KEY);
            assertThat(second.verify(second.issue(second.start("bob")))).isActiveFor("bob");

            vault.put(OLD, TestKeys.secret("next", 2));
            second.refreshKeys();
            assertThat(second.verify(ticket)).isActiveFor("ada");
        }

        @Test
        void costs_a_bounded_number_of_readings() {
            int before = vault.reads();
            Forge stranger = new Forge(TestKeys.secretBytes(9), "evil", "app", "session", NOON);
            String ticket = stranger.ticket("{}");

            for (int i = 0; i < 1000; i++) {
                assertThat(first.verify(ticket)).isInvalid(Cause.UNKNOWN_KEY);
                assertThat(first.verify(
                                new Forge(TestKeys.secretBytes(9), "e" + i, "app", "session", NOON).ticket("{}")))
                        .isInvalid(Cause.UNKNOWN_KEY);
            }

            assertThat(vault.reads() - before).isEqualTo(3);
        }
    }

    @Nested
    class A_ring_at_the_start {

        @Test
        void needs_a_key_that_may_encrypt() {
            assertThatIllegalStateException()
                    .isThrownBy(() ->
                            Sessions.with(TestKeys.ring(TestKeys.ecdsa("s", 0))).build())
                    .withMessageContaining("encrypt");
            assertThatIllegalStateException()
                    .isThrownBy(() -> Sessions.with(
                                    TestKeys.ring(TestKeys.secret("k", 1, TestKeys.from(NOON.plusSeconds(1)))))
                            .clock(clock)
                            .build())
                    .withMessageContaining("nbf");
        }

        @Test
        void needs_a_key_that_may_sign_where_tokens_are_signed() {
            assertThatIllegalStateException()
                    .isThrownBy(() -> Sessions.with(TestKeys.ring())
                            .readableByHolder("me", "you")
                            .build())
                    .withMessageContaining("sign");
            assertThatIllegalStateException()
                    .isThrownBy(() -> Sessions.with(TestKeys.ring())
                            .format(TokenFormat.SIGNED_THEN_ENCRYPTED)
                            .build())
                    .withMessageContaining("sign");
        }

        @Test
        void needs_both_where_tokens_are_signed_and_encrypted() {
            assertThatIllegalStateException()
                    .isThrownBy(() -> Sessions.with(TestKeys.ring(TestKeys.ecdsa("s", 0)))
                            .format(TokenFormat.SIGNED_THEN_ENCRYPTED)
                            .build())
                    .withMessageContaining("encrypt");
        }

        @Test
        void seals_from_the_start() {
            Sessions restarted = Sessions.with(
                            KeyRing.from(new Vault(OLD, TestKeys.secret("next", 2, TestKeys.from(NOON)))))
                    .clock(clock)
                    .build();

            assertThat(sealedBy(ticket(restarted))).isEqualTo("next");
            restarted.close();
        }
    }

    @Nested
    class At_midnight {
        private static final Instant MIDNIGHT = Instant.parse("2026-03-02T00:00:00Z");

        @Test
        void tokens_of_yesterday_go_on() {
            clock.set(MIDNIGHT.minusSeconds(1));
            String ticket = ticket(first);
            String early = null;
            for (long millis : new long[] {0, 1, 1000, 60_000}) {
                clock.set(MIDNIGHT.plusMillis(millis));
                assertThat(first.verify(ticket)).isActive();
                assertThat(second.verify(ticket)).isActive();
                early = ticket(first);
                assertThat(second.verify(early)).isActive();
            }

            clock.set(MIDNIGHT.minusSeconds(1));
            assertThat(second.verify(early)).isInvalid(Cause.FROM_THE_FUTURE);
        }

        @Test
        void tokens_of_an_instance_whose_clock_is_ahead_open() {
            clock.set(MIDNIGHT);
            String ticket = Sessions.with(TestKeys.ring(OLD))
                    .clock(clock)
                    .build()
                    .issue(Sessions.with(TestKeys.ring(OLD))
                            .clock(clock)
                            .build()
                            .start("ada"));
            clock.set(MIDNIGHT.minusSeconds(20));

            assertThat(Sessions.with(TestKeys.ring(OLD)).clock(clock).build().verify(ticket))
                    .isActive();
        }
    }

    @Nested
    class Signing_keys {

        @Test
        void rotate_as_well() {
            Vault signing = new Vault(OLD, TestKeys.ecdsa("s1", 0));
            Sessions sessions = Sessions.with(KeyRing.from(signing))
                    .clock(clock)
                    .format(TokenFormat.SIGNED_THEN_ENCRYPTED)
                    .build();
            String before = ticket(sessions);
            signing.put(OLD, TestKeys.ecdsa("s1", 0), TestKeys.ecdsa("s2", 1, TestKeys.from(NOON)));
            sessions.refreshKeys();
            clock.forward(Vault.POLL.multipliedBy(2));
            Session bob = sessions.start("bob");
            String after = sessions.issue(bob);
            signing.put(OLD, TestKeys.ecdsa("s2", 1, TestKeys.from(NOON)));
            sessions.refreshKeys();

            assertThat(sessions.verify(after)).isActiveFor("bob");
            clock.set(NOON);
            assertThat(sessions.verify(before)).isInvalid(Cause.UNKNOWN_KEY);
            sessions.close();
        }
    }
}
