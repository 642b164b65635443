package dev.signet;

import static dev.signet.VerificationAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.keys.KeyRing;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every token has one spelling: whatever is changed about it, it is refused as an outcome, never by an exception. */
@Keeps({"T1", "T8"})
@Tries(21)
class MalleabilityTest {
    private static final String BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final String ALPHABET = BASE64URL + "=+/ é.,;\"%\u0000\tA\u0301Ā";
    private static final Slot<String> THEME = Slot.text("theme");

    private static final KeyRing KEYS = TestKeys.ring(
            TestKeys.secret("k1", 1), TestKeys.ecdsa("s1", 0, TestKeys.from(MovableClock.NOON.minusSeconds(9))));

    private static SessionsBuilder sessions(KeyRing keys) {
        return Sessions.with(keys).clock(MovableClock.atNoon());
    }

    private static List<String> changes(String token) {
        List<String> changed = new ArrayList<>();
        for (int at = 0; at < token.length(); at++) {
            for (char c : ALPHABET.toCharArray()) {
                if (c != token.charAt(at)) {
                    changed.add(token.substring(0, at) + c + token.substring(at + 1));
                }
            }
        }
        return changed;
    }

    private static List<String> insertions(String token) {
        List<String> changed = new ArrayList<>();
        for (int at = 0; at <= token.length(); at++) {
            for (char c : ALPHABET.toCharArray()) {
                changed.add(token.substring(0, at) + c + token.substring(at));
            }
        }
        return changed;
    }

    /** Without each character, and each shorter start and end. */
    private static List<String> shorter(String token) {
        List<String> changed = new ArrayList<>();
        for (int at = 0; at < token.length(); at++) {
            changed.add(token.substring(0, at) + token.substring(at + 1));
            if (at > 0) {
                changed.add(token.substring(0, at));
                changed.add(token.substring(at));
            }
        }
        return changed;
    }

    /** Two characters exchanged, a piece repeated or moved, several characters changed. */
    private static String change(String token, Random random) {
        StringBuilder changed = new StringBuilder(token);
        do {
            int at = random.nextInt(changed.length());
            int other = random.nextInt(changed.length());
            switch (random.nextInt(4)) {
                case 0 -> {
                    char moved = changed.charAt(at);
                    changed.setCharAt(at, changed.charAt(other));
                    changed.setCharAt(other, moved);
                }
                case 1 -> changed.insert(at, changed.substring(Math.min(at, other), Math.max(at, other)));
                case 2 -> changed.setCharAt(at, BASE64URL.charAt(random.nextInt(64)));
                default -> changed.append(changed.charAt(at)).deleteCharAt(at);
            }
        } while (random.nextInt(3) == 0 || changed.toString().equals(token));
        return changed.toString();
    }

    private static void assertRefused(List<String> tokens, Function<String, Verification> opening) {
        assertThat(tokens.size()).isPositive();
        for (int i = 0; i < tokens.size(); i++) {
            assertThat(opening.apply(tokens.get(i))).as("change %d", i).isInvalid();
        }
    }

    private static void assertRefused(Random random, String token, int rounds, Function<String, Verification> opening) {
        for (int round = 0; round < rounds; round++) {
            assertThat(opening.apply(change(token, random)))
                    .as("round %d", round)
                    .isInvalid();
        }
    }

    @Nested
    class An_encrypted_ticket {
        private final Sessions sessions = sessions(KEYS).build();
        private final String ticket = sessions.issue(sessions.start("ada"));

        @Test
        void is_accepted_as_it_is() {
            assertThat(sessions.verify(ticket)).isActiveFor("ada");
        }

        @Test
        void is_refused_with_any_character_changed() {
            assertRefused(changes(ticket), sessions::verify);
        }

        @Test
        void is_refused_with_any_character_inserted() {
            assertRefused(insertions(ticket), sessions::verify);
        }

        @Test
        void is_refused_with_any_character_or_end_missing() {
            assertRefused(shorter(ticket), sessions::verify);
        }

        @Test
        void is_refused_after_any_of_2000_larger_changes() {
            assertRefused(new Random(7), ticket, 2000, sessions::verify);
        }

        @Test
        void is_refused_with_other_trailing_bits_in_any_part() {
            List<String> twins = twins(ticket);

            assertThat(twins.size()).isGreaterThan(15);
            assertThat(twins).allMatch(twin -> lenient(twin).equals(lenient(ticket)));
            assertRefused(twins, sessions::verify);
        }

        @ParameterizedTest
        @ValueSource(strings = {"%s ", " %s", "\"%s\"", "%s=", "%s\n", "%s;", "%s.", ".%s", "Bearer %s", "%1$s.%1$s"})
        void is_refused_in_any_wrapping(String wrapping) {
            assertThat(sessions.verify(wrapping.formatted(ticket))).isInvalid();
        }

        @Test
        void is_refused_with_padding_or_white_space_in_any_part() {
            for (int part : new int[] {0, 2, 3, 4}) {
                for (String end : List.of("=", "==", "\n", " ", "!")) {
                    String[] parts = ticket.split("\\.", -1);
                    parts[part] += end;
                    assertThat(sessions.verify(String.join(".", parts))).isInvalid();
                }
            }
        }
    }

    /** Part for part the same bytes to a lenient decoder. */
    private static List<String> twins(String token) {
        List<String> twins = new ArrayList<>();
        String[] parts = token.split("\\.", -1);
        for (int part = 0; part < parts.length; part++) {
            int free = new int[] {0, 0, 4, 2}[parts[part].length() % 4];
            for (int bits = 1; bits < 1 << free; bits++) {
                String[] changed = parts.clone();
                int last = parts[part].length() - 1;
                char twin = BASE64URL.charAt(BASE64URL.indexOf(parts[part].charAt(last)) | bits);
                changed[part] = parts[part].substring(0, last) + twin;
                twins.add(String.join(".", changed));
            }
        }
        return twins;
    }

    private static String lenient(String token) {
        StringBuilder bytes = new StringBuilder();
        for (String part : token.split("\\.", -1)) {
            bytes.append(Base64.getUrlEncoder()
                            .encodeToString(Base64.getUrlDecoder().decode(part)))
                    .append('.');
        }
        return bytes.toString();
    }

    @Nested
    class A_slot {
        private final Sessions sessions = sessions(KEYS).build();
        private final Session ada = sessions.start("ada");
        private final String token = sessions.seal(sessions.content(THEME, "dark"), ada);

        private void assertAbsent(List<String> changed) {
            assertThat(changed.size()).isPositive();
            for (int i = 0; i < changed.size(); i++) {
                assertThat(sessions.open("theme", changed.get(i), ada))
                        .as("change %d", i)
                        .isEmpty();
            }
        }

        @Test
        void is_read_as_it_is() {
            assertThat(sessions.open("theme", token, ada).flatMap(c -> sessions.value(THEME, c)))
                    .contains("dark");
        }

        @Test
        void is_absent_with_any_character_changed() {
            assertAbsent(changes(token));
        }

        @Test
        void is_absent_with_any_character_inserted() {
            assertAbsent(insertions(token));
        }

        @Test
        void is_absent_with_any_character_or_end_missing() {
            assertAbsent(shorter(token));
        }
    }

    @Nested
    class A_signed_then_encrypted_ticket {
        private final Sessions sessions =
                sessions(KEYS).format(TokenFormat.SIGNED_THEN_ENCRYPTED).build();
        private final String ticket = sessions.issue(sessions.start("ada"));

        @Test
        void is_refused_with_any_character_or_end_missing() {
            assertThat(sessions.verify(ticket)).isActiveFor("ada");
            assertRefused(shorter(ticket), sessions::verify);
        }

        @Test
        void is_refused_after_any_of_2000_changes() {
            assertRefused(new Random(8), ticket, 2000, sessions::verify);
        }

        @Test
        void is_refused_with_other_trailing_bits_in_any_part() {
            assertRefused(twins(ticket), sessions::verify);
        }

        @Test
        void is_refused_after_any_of_500_changes_by_somebody_who_has_the_secret_key() {
            Forge forge = Forge.at(MovableClock.NOON);
            String signed = signed(sessions.start("ada"));

            assertThat(sessions.verify(forge.seal("sn1+jwt", "", Forge.utf8(signed))))
                    .isActiveFor("ada");
            assertRefused(shorter(signed), token -> sessions.verify(forge.seal("sn1+jwt", "", Forge.utf8(token))));
            assertRefused(
                    new Random(9), signed, 500, token -> sessions.verify(forge.seal("sn1+jwt", "", Forge.utf8(token))));
        }

        private String signed(Session session) {
            return SignedTokens.ticket(KEYS.keys().get(1), session);
        }
    }

    @Nested
    class A_signed_ticket {

        @ParameterizedTest
        @ValueSource(strings = {"ES256", "EdDSA"})
        void is_refused_with_any_character_or_end_missing(String algorithm) {
            Sessions sessions = signing(algorithm);
            String ticket = sessions.issue(sessions.start("ada"));

            assertThat(sessions.verify(ticket)).isActiveFor("ada");
            assertRefused(shorter(ticket), sessions::verify);
            assertRefused(twins(ticket), sessions::verify);
        }

        @ParameterizedTest
        @ValueSource(strings = {"ES256", "EdDSA"})
        void is_refused_after_any_of_2000_changes(String algorithm) {
            Sessions sessions = signing(algorithm);
            String ticket = sessions.issue(sessions.start("ada"));

            assertRefused(new Random(10), ticket, 2000, sessions::verify);
        }

        private Sessions signing(String algorithm) {
            String pair = algorithm.equals("ES256") ? TestKeys.ecdsa("s1", 0) : TestKeys.eddsa("s1");
            return sessions(TestKeys.ring(TestKeys.secret("k1", 1), pair))
                    .readableByHolder("https://shop.example", "reports")
                    .build();
        }
    }
}
