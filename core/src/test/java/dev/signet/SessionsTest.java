package dev.signet;

import static dev.signet.VerificationAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.signet.keys.KeyRing;
import dev.signet.revocation.RevocationLog;
import dev.signet.revocation.Revocations;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing in, being recognised, and what may be said about a person. */
class SessionsTest {
    private final MovableClock clock = MovableClock.atNoon();
    private final Sessions sessions = builder().build();

    private SessionsBuilder builder() {
        return Sessions.with(TestKeys.ring(TestKeys.secret("k1", 1), TestKeys.ecdsa("s1", 0)))
                .clock(clock)
                .revocations(Revocations.inMemory(clock));
    }

    enum Role {
        ADMIN,
        BUYER
    }

    @Nested
    class A_session {

        @ParameterizedTest
        @EnumSource(TokenFormat.class)
        void comes_back_from_its_ticket_as_it_was(TokenFormat format) {
            Sessions some = format == TokenFormat.SIGNED
                    ? builder().readableByHolder("me", "you").build()
                    : builder().format(format).build();
            Random random = new Random(12);
            for (int round = 0; round < 100; round++) {
                Session session = some.start(randomSignIn(random));
                if (random.nextBoolean()) {
                    session = some.carrying(session, some.startVisitor(), Set.of("cart", "theme"));
                }
                if (random.nextBoolean()) {
                    session = some.restart(session, SignIn.as(session.subject()).roles("A" + round))
                            .orElseThrow();
                }
                if (random.nextBoolean()) {
                    session = some.endOthers(session).orElseThrow();
                }
                assertThat(some.verify(some.issue(session)))
                        .as("seed 12, round %d", round)
                        .isEqualTo(new Verification.Active(session));
                clock.forward(Duration.ofMillis(random.nextInt(100_000)));
            }
        }

        private SignIn randomSignIn(Random random) {
            SignIn signIn = SignIn.as(text(random, 255));
            if (random.nextBoolean()) {
                signIn = signIn.roles(Role.values());
            }
            if (random.nextBoolean()) {
                signIn = signIn.amr("pwd", "otp", "pwd");
            }
            for (int facts = random.nextInt(4); facts > 0; facts--) {
                signIn = signIn.fact(text(random, 20), text(random, 100));
            }
            return random.nextBoolean() ? signIn.remember() : signIn;
        }

        private String text(Random random, int longest) {
            StringBuilder text = new StringBuilder("x");
            for (int length = random.nextInt(longest / 2); length > 0; length--) {
                text.appendCodePoint(random.nextInt(8) == 0 ? 0x1F600 + random.nextInt(60) : 1 + random.nextInt(0x500));
            }
            return text.toString();
        }

        @Test
        void has_an_id_of_its_own() {
            Set<String> ids = new HashSet<>();
            for (int i = 0; i < 1000; i++) {
                ids.add(sessions.start("ada").id());
                ids.add(sessions.startVisitor().id());
            }

            assertThat(ids).hasSize(2000).allMatch(id -> id.matches("[A-Za-z0-9_-]{21}[AQgw]"));
        }

        @Test
        void is_sealed_differently_each_time() {
            Session ada = sessions.start("ada");

            assertThat(sessions.issue(ada)).isNotEqualTo(sessions.issue(ada));
        }

        @Test
        @Keeps("S14")
        void knows_its_roles_amr_and_facts() {
            Session ada = sessions.start(
                    SignIn.as("ada").roles(Role.ADMIN).amr("pwd", "otp").fact("tenant", "a"));

            assertThat(ada.hasRole(Role.ADMIN)).isTrue();
            assertThat(ada.hasRole(Role.BUYER)).isFalse();
            assertThat(ada.amr()).containsExactly("pwd", "otp");
            assertThat(ada.facts()).containsOnlyKeys("tenant");
        }

        @Test
        void of_another_name_is_another_session() {
            Sessions admin = builder().name("admin").build();

            assertThat(sessions.name()).isEqualTo("session");
            assertThat(admin.name()).isEqualTo("admin");
            assertThat(admin.verify(sessions.issue(sessions.start("ada")))).isInvalid();
        }
    }

    @Nested
    class A_subject {

        @ParameterizedTest
        @MethodSource("subjects")
        void has_1_to_255_characters_of_text(String subject, boolean fine) {
            if (fine) {
                assertThat(sessions.verify(sessions.issue(sessions.start(subject))))
                        .isActiveFor(subject);
            } else {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> SignIn.as(subject))
                        .withMessageContaining("subject");
            }
        }

        static List<Object[]> subjects() {
            return List.of(
                    new Object[] {"a", true},
                    new Object[] {"x".repeat(255), true},
                    new Object[] {"é\u0000\"\\ 😀", true},
                    new Object[] {"", false},
                    new Object[] {"x".repeat(256), false},
                    new Object[] {"a\ud800", false},
                    new Object[] {"\udc00a", false});
        }
    }

    @Nested
    class What_is_said_about_a_person {

        @Test
        void takes_at_most_a_kibibyte() {
            SignIn.as("ada").fact("f", "x".repeat(1017));

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SignIn.as("ada").fact("f", "x".repeat(1018)))
                    .withMessageContainingAll("1025", "1024")
                    .withMessageNotContaining("xxx");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SignIn.as("ada").roles("x".repeat(1022)));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SignIn.as("ada").amr("é".repeat(511)));
        }

        @Test
        void is_never_empty() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SignIn.as("ada").roles(""));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SignIn.as("ada").amr(""));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SignIn.as("ada").fact("", "a"));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SignIn.as("ada").fact("a", ""));
        }

        @ParameterizedTest
        @ValueSource(strings = {"roles", "amr"})
        @Keeps("S14")
        void has_its_own_words_for_roles_and_amr(String name) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SignIn.as("ada").fact(name, "x"))
                    .withMessageContaining(name + "(…)");
        }

        @Test
        void is_text() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SignIn.as("ada").fact("f", "\ud800"));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SignIn.as("ada").roles("\udfff"));
        }

        @Test
        void is_a_value() {
            SignIn ada = SignIn.as("ada");
            ada.roles("ADMIN").remember();

            assertThat(ada.roles()).isEmpty();
            assertThat(ada.lifetime()).isEqualTo("default");
            assertThat(ada.checkedAt()).isEmpty();
            assertThat(ada.checkedAt(7).checkedAt()).hasValue(7);
        }
    }

    @Nested
    class Settings {

        @ParameterizedTest
        @ValueSource(strings = {"", "Session", "my session", "abcdefghijklmnopq", "s.s", "s=", "sé"})
        void name_the_session_plainly(String name) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder().name(name))
                    .withMessageContainingAll("session name '" + name + "'", "a-z 0-9");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "my shop", "a/b", "é", "a\""})
        void name_the_application_plainly(String name) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder().application(name).build())
                    .withMessageContainingAll("application '" + name + "'", "64");
        }

        @Test
        void may_name_the_application_with_64_characters_and_no_more() {
            String longest = "a".repeat(60) + ".-_Z";
            Sessions some = builder()
                    .application(longest)
                    .format(TokenFormat.SIGNED_THEN_ENCRYPTED)
                    .build();

            assertThat(some.verify(some.issue(some.start("ada")))).isActive();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder().application(longest + "a").build());
        }
    }

    @Nested
    @Keeps("H3")
    class Marks_of_pages {
        private final Session ada = sessions.start("ada");

        @Test
        void fit_their_session_and_no_other() {
            String token = sessions.csrfToken(ada);

            assertThat(sessions.csrfTokenFits(token, ada)).isTrue();
            assertThat(sessions.csrfTokenFits(token, sessions.renew(ada))).isTrue();
            assertThat(sessions.csrfTokenFits(token, sessions.start("ada"))).isFalse();
            assertThat(sessions.csrfTokenFits(token, sessions.startVisitor())).isFalse();
            assertThat(builder().name("admin").build().csrfTokenFits(token, ada))
                    .isFalse();
            assertThat(builder().application("shop").build().csrfTokenFits(token, ada))
                    .isFalse();
        }

        @Test
        void differ_each_time_in_every_byte() {
            Set<String> tokens = new HashSet<>();
            Set<Character> first = new HashSet<>();
            for (int i = 0; i < 1000; i++) {
                String token = sessions.csrfToken(ada);
                assertThat(sessions.csrfTokenFits(token, ada)).isTrue();
                tokens.add(token);
                first.add(token.charAt(token.length() - 5));
            }

            assertThat(tokens).hasSize(1000);
            assertThat(first).hasSizeGreaterThan(40);
        }

        @Test
        void changed_anywhere_do_not_fit() {
            String token = sessions.csrfToken(ada);
            for (int at = 0; at < token.length(); at++) {
                for (char c : "AQgwz09-_.=+/ é".toCharArray()) {
                    String changed = token.substring(0, at) + c + token.substring(at + 1);
                    String longer = token.substring(0, at) + c + token.substring(at);
                    assertThat(sessions.csrfTokenFits(changed, ada)).isEqualTo(changed.equals(token));
                    assertThat(sessions.csrfTokenFits(longer, ada)).isFalse();
                }
                assertThat(sessions.csrfTokenFits(token.substring(0, at), ada)).isFalse();
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    ".",
                    "k1.",
                    "k1.AAAA",
                    "nobody.AAAA",
                    "k1",
                    "..",
                    "s1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
                })
        void of_no_such_kind_do_not_fit(String token) {
            assertThat(sessions.csrfTokenFits(token, ada)).isFalse();
            assertThat(sessions.csrfTokenFits(null, ada)).isFalse();
            assertThat(sessions.csrfTokenFits("k1." + "A".repeat(10_000_000), ada))
                    .isFalse();
        }

        @Test
        void are_those_that_the_design_describes() {
            byte[] purposeKey = purposeKey();
            byte[] mark = Forge.hmac(purposeKey, Forge.utf8(ada.id()));
            byte[] masked = new byte[32];
            for (int i = 0; i < 16; i++) {
                masked[i] = (byte) (i * 11);
                masked[16 + i] = (byte) (masked[i] ^ mark[i]);
            }

            assertThat(sessions.csrfTokenFits("k1." + Forge.base64url(masked), ada))
                    .isTrue();
        }

        private byte[] purposeKey() {
            return Forge.at(MovableClock.NOON).purposeKey("csrf", "");
        }
    }

    @Nested
    class The_sessions_of_an_application {

        @Test
        void say_how_they_were_made() {
            SessionListener listener = SessionListener.logging();
            Sessions some = builder()
                    .listener(listener)
                    .format(TokenFormat.SIGNED_THEN_ENCRYPTED)
                    .name("admin")
                    .build();

            assertThat(some.name()).isEqualTo("admin");
            assertThat(some.format()).isEqualTo(TokenFormat.SIGNED_THEN_ENCRYPTED);
            assertThat(some.clock()).isSameAs(clock);
            assertThat(some.listener()).isNotNull();
        }

        @Test
        void refuse_beforehand_whom_they_could_not_start_a_session_for() {
            sessions.requireStartable(SignIn.as("ada"));

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> sessions.requireStartable(
                            SignIn.as("\u0001".repeat(255)).fact("f", "\u0001".repeat(1000))));
        }

        @Test
        void publish_what_verifies_their_tickets() {
            Sessions readable = builder().readableByHolder("me", "you").build();

            assertThat(readable.publicKeys().jwkSet())
                    .contains("\"kid\":\"s1\"")
                    .doesNotContain("k1", "\"d\"");
            assertThat(readable.publicKeys().maxAge()).isEqualTo(Duration.ofSeconds(10));
            assertThatIllegalStateException().isThrownBy(sessions::publicKeys).withMessageContaining("ENCRYPTED");
        }

        @Test
        void publish_it_for_as_long_as_their_own_keys_are_good_for() {
            Vault vault = new Vault(TestKeys.ecdsa("s1", 0));
            try (Sessions followed = Sessions.with(KeyRing.from(vault))
                    .clock(clock)
                    .readableByHolder("me", "you")
                    .build()) {
                assertThat(followed.publicKeys().maxAge()).isEqualTo(Vault.POLL);
            }
        }

        @Test
        void leave_their_keys_and_their_log_alone_when_they_are_closed() throws Exception {
            PolledVault vault = new PolledVault();
            AtomicBoolean wasClosed = new AtomicBoolean();
            RevocationLog log = new GatedLog(Revocations.memoryLog(clock)) {
                @Override
                public void close() {
                    wasClosed.set(true);
                }
            };
            Sessions some = Sessions.with(KeyRing.from(vault))
                    .clock(clock)
                    .revocations(Revocations.on(log).clock(clock).build())
                    .build();
            assertThat(vault.reader().isAlive()).isTrue();

            some.close();

            assertThat(vault.isLeftAlone()).isTrue();
            assertThat(wasClosed).isTrue();
        }

        @Test
        void ask_the_store_itself_where_its_word_is_wanted() {
            GatedLog away = new GatedLog(Revocations.memoryLog(clock)) {
                @Override
                public boolean inProcess() {
                    return false;
                }
            };
            try (Sessions some = Sessions.with(TestKeys.ring())
                    .clock(clock)
                    .revocations(Revocations.on(away).clock(clock).build())
                    .build()) {
                String ticket = some.issue(some.start("ada"));
                assertThat(some.verifyAtStore(ticket)).isActive();

                away.closed = true;

                assertThat(some.verifyAtStore(ticket)).isUndecided();
                assertThat(some.verify(ticket)).isActive();
            }
        }
    }
}
