package dev.signet;

import static dev.signet.VerificationAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.Verification.Cause;
import dev.signet.Verification.Outcome;
import dev.signet.keys.KeyRing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The three clocks, at a second before, at, and a second after each of their moments. */
class ClocksTest {
    private static final Instant NOON = MovableClock.NOON;
    private static final Duration IDLE = Duration.ofMinutes(30);
    private static final Duration ABSOLUTE = Duration.ofHours(12);
    private static final KeyRing KEYS = TestKeys.ring();

    private final MovableClock clock = MovableClock.atNoon();
    private final Sessions sessions = builder().build();

    private SessionsBuilder builder() {
        return Sessions.with(KEYS).clock(clock);
    }

    private void at(Instant moment, long millisAfter) {
        clock.set(moment.plusMillis(millisAfter));
    }

    @Nested
    class A_session {
        private final Session ada = sessions.start("ada");
        private final String ticket = sessions.issue(ada);

        @Test
        void knows_its_clocks() {
            assertThat(ada.startedAt()).isEqualTo(NOON);
            assertThat(ada.issuedAt()).isEqualTo(NOON);
            assertThat(ada.authenticatedAt()).isEqualTo(NOON);
            assertThat(ada.idleUntil()).isEqualTo(NOON.plus(IDLE));
            assertThat(ada.endsAt()).isEqualTo(NOON.plus(ABSOLUTE));
            assertThat(sessions.verify(ticket)).isEqualTo(new Verification.Active(ada));
        }

        @ParameterizedTest
        @CsvSource({"-1000, ACTIVE", "-1, ACTIVE", "0, EXPIRED", "1, EXPIRED", "1000, EXPIRED"})
        @Keeps({"S1", "T4"})
        @Tries(34)
        void ends_at_its_idle_deadline(long millisAfter, Outcome outcome) {
            at(ada.idleUntil(), millisAfter);

            assertThat(sessions.verify(ticket).outcome()).isEqualTo(outcome);
        }

        @ParameterizedTest
        @CsvSource({"-1000, ACTIVE", "-1, ACTIVE", "0, EXPIRED", "1000, EXPIRED"})
        @Keeps("S2")
        @Tries(34)
        void ends_at_its_absolute_deadline_however_often_it_was_renewed(long millisAfter, Outcome outcome) {
            String renewed = ticket;
            for (int minutes = 20; minutes < 720; minutes += 20) {
                at(NOON.plus(Duration.ofMinutes(minutes)), 0);
                renewed = sessions.issue(
                        sessions.renew(sessions.verify(renewed).active().orElseThrow()));
            }
            at(NOON.plus(ABSOLUTE), millisAfter);

            assertThat(sessions.verify(renewed).outcome()).isEqualTo(outcome);
        }

        @Test
        void keeps_all_but_its_idle_deadline_when_it_is_renewed() {
            at(NOON, 600_000);
            Session renewed = sessions.renew(ada);

            assertThat(renewed.id()).isEqualTo(ada.id());
            assertThat(renewed.startedAt()).isEqualTo(NOON);
            assertThat(renewed.authenticatedAt()).isEqualTo(NOON);
            assertThat(renewed.endsAt()).isEqualTo(ada.endsAt());
            assertThat(renewed.issuedAt()).isEqualTo(NOON.plusSeconds(600));
            assertThat(renewed.idleUntil()).isEqualTo(NOON.plusSeconds(600).plus(IDLE));
        }

        @Test
        @Keeps("S2")
        void is_never_renewed_past_its_absolute_deadline() {
            at(ada.endsAt(), -60_000);

            assertThat(sessions.renew(ada).idleUntil()).isEqualTo(ada.endsAt());
        }

        @ParameterizedTest
        @CsvSource({"-1000, false", "-1, false", "0, true", "1000, true"})
        void is_to_be_renewed_after_a_quarter_of_idle(long millisAfter, boolean due) {
            at(NOON.plus(IDLE.dividedBy(4)), millisAfter);

            assertThat(sessions.renewalDue(ada)).isEqualTo(due);
        }

        @ParameterizedTest
        @CsvSource({"-1000, false", "0, true", "1000, true"})
        void is_to_be_renewed_when_its_lifetime_says_so(long millisAfter, boolean due) {
            Sessions eager = builder()
                    .lifetime(Lifetime.DEFAULT.renewAfter(Duration.ofMinutes(2)))
                    .build();
            at(NOON.plus(Duration.ofMinutes(2)), millisAfter);

            assertThat(eager.renewalDue(ada)).isEqualTo(due);
        }

        @Test
        void that_can_get_no_later_is_not_to_be_renewed() {
            at(ada.endsAt(), -60_000);
            Session last = sessions.renew(ada);
            at(ada.endsAt(), -1);

            assertThat(sessions.renewalDue(last)).isFalse();
        }

        @Test
        void whose_deadlines_fall_together_leaves_nothing_to_end() {
            at(ada.endsAt(), -60_000);
            String last = sessions.issue(sessions.renew(ada));
            at(ada.endsAt(), 0);

            assertThat(sessions.verify(last)).isEqualTo(new Verification.Expired());
        }

        @ParameterizedTest
        @ValueSource(longs = {0, 1000, 3_600_000})
        void that_has_ended_stays_ended_though_it_is_renewed(long millisAfter) {
            at(ada.endsAt(), millisAfter);

            assertThat(sessions.verify(sessions.issue(sessions.renew(ada)))).isExpired();
        }

        @Test
        void whose_renewal_is_late_was_authenticated_when_it_was() {
            at(NOON, 600_000);

            assertThat(sessions.renew(sessions.renew(ada)).authenticatedAt()).isEqualTo(NOON);
        }

        @Test
        void that_a_lagging_clock_restarts_or_renews_is_no_younger_than_its_start() {
            Instant lagging = NOON.minusSeconds(20);
            clock.set(lagging);
            Session renewed = sessions.renew(ada);
            Session restarted = sessions.restart(renewed, Set.of("ADMIN")).orElseThrow();
            Session again = sessions.restart(restarted, SignIn.as("ada")).orElseThrow();

            assertThat(List.of(renewed, restarted, again)).allSatisfy(session -> {
                assertThat(session.issuedAt()).isEqualTo(NOON);
                assertThat(session.idleUntil()).isEqualTo(lagging.plus(IDLE));
            });
            assertThat(sessions.verify(sessions.issue(again))).isEqualTo(new Verification.Active(again));
        }

        @Test
        @Keeps("T4")
        @Tries({29, 35})
        void is_not_resurrected_by_a_clock_that_steps_back_beyond_the_skew() {
            at(NOON, 600_000);
            String later = sessions.issue(sessions.renew(ada));
            at(NOON, 600_000 - 31_000);

            assertThat(sessions.verify(later)).isInvalid(Cause.FROM_THE_FUTURE);
        }

        @ParameterizedTest
        @CsvSource({"-1000, ACTIVE", "0, EXPIRED", "1000, EXPIRED"})
        void that_is_checked_again_ends_at_its_absolute_deadline(long millisAfter, Outcome outcome) {
            at(ada.endsAt(), millisAfter);

            assertThat(sessions.recheck(ada).outcome()).isEqualTo(outcome);
        }
    }

    @Nested
    @Keeps("T4")
    @Tries(35)
    class Skew {

        @ParameterizedTest
        @CsvSource({
            "0, 0, ACTIVE",
            "0, 1, INVALID",
            "30, 29, ACTIVE",
            "30, 30, ACTIVE",
            "30, 31, INVALID",
            "600, 600, ACTIVE",
            "600, 601, INVALID"
        })
        void excuses_tickets_from_the_future(long skew, long secondsEarly, Outcome outcome) {
            String ticket = sessions.issue(sessions.start("ada"));
            String visitor = sessions.issue(sessions.startVisitor());
            Sessions other = builder().skew(Duration.ofSeconds(skew)).build();
            at(NOON, -1000 * secondsEarly);

            assertThat(other.verify(ticket).outcome()).isEqualTo(outcome);
            assertThat(other.verifyVisitor(visitor).outcome()).isEqualTo(outcome);
        }

        @ParameterizedTest
        @CsvSource({"29, true", "30, true", "31, false"})
        void excuses_slots_from_the_future(long secondsEarly, boolean readable) {
            Session ada = sessions.start("ada");
            Slot<String> theme = Slot.text("theme");
            String token = sessions.seal(sessions.content(theme, "dark"), ada);
            at(NOON, -1000 * secondsEarly);

            assertThat(sessions.open("theme", token, ada).isPresent()).isEqualTo(readable);
        }

        @Test
        void excuses_no_deadline() {
            Session ada = sessions.start("ada");
            Sessions other = builder().skew(Duration.ofMinutes(10)).build();
            at(ada.idleUntil(), 0);

            assertThat(other.verify(sessions.issue(ada))).isExpired();
        }

        @Test
        void is_30_seconds_unless_told() {
            String ticket = sessions.issue(sessions.start("ada"));

            at(NOON, -30_000);
            assertThat(sessions.verify(ticket)).isActive();
            at(NOON, -31_000);
            assertThat(sessions.verify(ticket)).isInvalid(Cause.FROM_THE_FUTURE);
        }

        @ParameterizedTest
        @ValueSource(strings = {"PT-1S", "PT10M1S", "PT1H"})
        void lies_between_nothing_and_ten_minutes(Duration skew) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder().skew(skew))
                    .withMessageContainingAll("skew", skew.toString(), "10 minutes");
        }
    }

    @Nested
    class The_sentence_of_the_readme {
        private static final long SEED = 41;

        /**
         * A session ends no later than its absolute limit, and not before three quarters of the idle limit nor after the
         * whole of it since the last request that used it.
         */
        @Test
        void holds_for_any_lifetime_and_any_requests() {
            Random random = new Random(SEED);
            for (int history = 0; history < 1000; history++) {
                long idle = 4 + random.nextInt(5000);
                long absolute = idle + random.nextInt(20_000);
                Lifetime lifetime = Lifetime.of(Duration.ofSeconds(idle), Duration.ofSeconds(absolute));
                if (random.nextBoolean()) {
                    lifetime = lifetime.renewAfter(Duration.ofSeconds(1 + random.nextInt((int) Math.max(1, idle / 4))));
                }
                assertHolds(lifetime, random, history);
            }
        }

        private void assertHolds(Lifetime lifetime, Random random, int history) {
            Sessions some = builder().lifetime(lifetime).build();
            Instant start = NOON.plusMillis(random.nextInt(86_400_000));
            clock.set(start);
            String ticket = some.issue(some.start("ada"));
            Instant used = start;
            while (true) {
                long wait = (long) (random.nextDouble() * 1.3 * lifetime.idle().toMillis() / (1 + random.nextInt(3)));
                clock.forward(Duration.ofMillis(wait));
                Instant now = clock.instant();
                Instant end = start.plus(lifetime.absolute());
                Instant earliest = used.plus(lifetime.idle().multipliedBy(3).dividedBy(4));
                Instant latest = used.plus(lifetime.idle());
                Session session = some.verify(ticket).active().orElse(null);
                boolean holds = session == null
                        ? !now.isBefore(earliest) || !now.isBefore(end.minusSeconds(1))
                        : now.isBefore(latest) && now.isBefore(end);
                Instant lastUse = used;
                assertThat(holds)
                        .as(() -> "seed %d, history %d: %s, from %s, last used %s, %s at %s"
                                .formatted(SEED, history, lifetime, start, lastUse, session, now))
                        .isTrue();
                if (session == null) {
                    return;
                }
                used = clock.instant();
                if (some.renewalDue(session)) {
                    ticket = some.issue(some.renew(session));
                }
            }
        }
    }

    @Nested
    class Lifetimes {
        private final Lifetime kiosk = Lifetime.of(Duration.ofMinutes(5), Duration.ofHours(1));
        private final Sessions configured =
                builder().lifetime("kiosk", kiosk).visitors(kiosk).build();

        @Test
        void of_remembered_sessions_are_longer_and_kept_by_the_browser() {
            Session ada = sessions.start(SignIn.as("ada").remember());

            assertThat(ada.lifetime()).isEqualTo("remembered");
            assertThat(ada.idleUntil()).isEqualTo(NOON.plus(Duration.ofDays(14)));
            assertThat(ada.endsAt()).isEqualTo(NOON.plus(Duration.ofDays(90)));
            assertThat(sessions.lifetime(ada).orElseThrow().persistent()).isTrue();
            assertThat(sessions.lifetime(sessions.start("ada")).orElseThrow().persistent())
                    .isFalse();
        }

        @Test
        void of_remembered_sessions_survive_renewals() {
            String ticket = sessions.issue(sessions.start(SignIn.as("ada").remember()));
            for (int day = 10; day < 90; day += 10) {
                at(NOON.plus(Duration.ofDays(day)), 0);
                Session ada = assertThat(sessions.verify(ticket)).isActiveFor("ada");
                assertThat(sessions.renewalDue(ada)).isTrue();
                assertThat(ada.lifetime()).isEqualTo("remembered");
                ticket = sessions.issue(sessions.renew(ada));
            }
            at(NOON.plus(Duration.ofDays(90)), -1);
            assertThat(sessions.verify(ticket)).isActive();
            at(NOON.plus(Duration.ofDays(90)), 0);
            assertThat(sessions.verify(ticket)).isExpired();
        }

        @Test
        void of_other_names_are_chosen_at_sign_in() {
            Session ada = configured.start(SignIn.as("ada").lifetime("kiosk"));

            assertThat(assertThat(configured.verify(configured.issue(ada)))
                            .isActive()
                            .lifetime())
                    .isEqualTo("kiosk");
            assertThat(configured.lifetime(ada)).contains(kiosk);
            assertThat(ada.idleUntil()).isEqualTo(NOON.plus(kiosk.idle()));
        }

        @Test
        void of_visitors_are_their_own_or_the_sessions() {
            assertThat(configured.lifetime(configured.startVisitor())).contains(kiosk);
            assertThat(configured.startVisitor().idleUntil()).isEqualTo(NOON.plus(kiosk.idle()));
            assertThat(sessions.lifetime(sessions.startVisitor())).contains(Lifetime.DEFAULT);
            assertThat(builder().lifetime(kiosk).build().startVisitor().endsAt())
                    .isEqualTo(NOON.plus(kiosk.absolute()));
        }

        @Test
        void that_are_not_configured_start_no_session() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> sessions.start(SignIn.as("ada").lifetime("kiosk")))
                    .withMessageContainingAll("kiosk", "default", "remembered");
        }

        @Test
        void that_were_configured_away_last_until_their_idle_deadline_and_are_not_renewed() {
            Session ada = configured.start(SignIn.as("ada").lifetime("kiosk"));
            String ticket = configured.issue(ada);
            at(ada.idleUntil(), -1);

            Session still = assertThat(sessions.verify(ticket)).isActiveFor("ada");
            assertThat(sessions.lifetime(still)).isEmpty();
            assertThat(sessions.renewalDue(still)).isFalse();
            assertThat(sessions.renew(still)).isEqualTo(ada);

            at(ada.idleUntil(), 0);
            assertThat(sessions.verify(ticket)).isExpired();
        }

        @Test
        void that_change_do_not_touch_issued_tickets() {
            String ticket = sessions.issue(sessions.start("ada"));
            Lifetime shorter = Lifetime.of(Duration.ofMinutes(1), Duration.ofMinutes(2));
            Sessions changed = builder().lifetime(shorter).build();

            at(NOON.plus(IDLE), -1);
            Session ada = assertThat(changed.verify(ticket)).isActiveFor("ada");
            Session renewed = changed.renew(ada);
            assertThat(renewed.endsAt()).isEqualTo(NOON.plus(ABSOLUTE));
            assertThat(renewed.idleUntil()).isEqualTo(NOON.plus(IDLE).plusSeconds(59));
        }

        @ParameterizedTest
        @CsvSource({
            "PT0S,   PT1H,   , idle",
            "PT-1S,  PT1H,   , idle",
            "PT0.9S, PT1H,   , idle",
            "PT1H,   PT59M,  , absolute",
            "PT1H,   PT2H,   PT16M, renewAfter",
            "PT1H,   PT2H,   PT0S, renewAfter",
            "PT1H,   PT2H,   PT-1S, renewAfter",
        })
        void out_of_range_name_the_limit(Duration idle, Duration absolute, Duration renewAfter, String limit) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> {
                        Lifetime lifetime = Lifetime.of(idle, absolute);
                        if (renewAfter != null) {
                            lifetime.renewAfter(renewAfter);
                        }
                    })
                    .withMessageContaining("lifetime " + limit);
        }

        @ParameterizedTest
        @CsvSource({
            "PT8.5S, PT20S,   PT2S,   idle",
            "PT8S,   PT20.5S, PT2S,   absolute",
            "PT8S,   PT20S,   PT1.5S, renewAfter",
        })
        void are_whole_seconds(Duration idle, Duration absolute, Duration renewAfter, String limit) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Lifetime(idle, absolute, renewAfter, false))
                    .withMessageContainingAll("lifetime " + limit, "use whole seconds");
        }

        @Test
        void may_be_as_short_as_a_second() {
            Duration second = Duration.ofSeconds(1);

            assertThat(Lifetime.of(second, second)).isEqualTo(new Lifetime(second, second, second, false));
        }

        @Test
        void kept_by_the_browser_are_otherwise_the_same() {
            Lifetime kept = kiosk.keptByBrowser();

            assertThat(kept).isEqualTo(new Lifetime(kiosk.idle(), kiosk.absolute(), kiosk.renewAfter(), true));
        }

        @Test
        @Keeps("S2")
        void longer_than_the_ring_allows_are_refused_when_configured() {
            Lifetime day = Lifetime.of(Duration.ofHours(1), Duration.ofDays(1));
            Lifetime longer = Lifetime.of(Duration.ofHours(1), Duration.ofHours(25));
            SessionsBuilder shortRing = Sessions.with(KEYS.withLongestLifetime(Duration.ofDays(1)))
                    .lifetime(day)
                    .remembered(day);

            shortRing.build().close();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> shortRing.visitors(longer).build())
                    .withMessageContainingAll("PT25H", "withLongestLifetime");
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> shortRing.visitors(day).lifetime("x", longer).build())
                    .withMessageContaining("PT25H");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "Kiosk", "a b", "aaaaaaaaaaaaaaaaa", "ä"})
        void have_short_plain_names(String name) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder().lifetime(name, kiosk))
                    .withMessageContaining("lifetime name '" + name + "'");
        }
    }
}
