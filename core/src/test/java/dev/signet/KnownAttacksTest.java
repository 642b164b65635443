package dev.signet;

import static dev.signet.VerificationAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.Verification.Cause;
import dev.signet.keys.Key;
import dev.signet.keys.KeyRing;
import dev.signet.revocation.Revocation;
import dev.signet.revocation.Revocations;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks out of the catalogue that no test of a single rule tries, on tokens. */
class KnownAttacksTest {
    private static final Instant NOW = MovableClock.NOON;
    private static final Forge FORGE = Forge.at(NOW);
    private static final SecretKey KEY = FORGE.key("st1+jwt", "");
    private static final String HEADER = FORGE.header("st1+jwt");

    private final MovableClock clock = new MovableClock(NOW);
    private final Sessions sessions = Sessions.with(TestKeys.ring())
            .clock(clock)
            .revocations(Revocations.inMemory(clock))
            .build();
    private final Session ada = sessions.start("ada");
    private final byte[] claims = Forge.utf8(TicketTexts.of(ada));

    @AfterEach
    void close() {
        sessions.close();
    }

    private Verification verify(String header) {
        return sessions.verify(Forge.seal(header, KEY, claims));
    }

    @Nested
    class Algorithms {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"alg\":\"A256GCM\",\"enc\":\"dir\",\"kid\":\"k1.20513\",\"typ\":\"st1+jwt\"}",
                    "{\"alg\":\"DIR\",\"enc\":\"a256gcm\",\"kid\":\"k1.20513\",\"typ\":\"st1+jwt\"}",
                    "{\"alg\":[\"dir\"],\"enc\":\"A256GCM\",\"kid\":\"k1.20513\",\"typ\":\"st1+jwt\"}",
                    "{\"alg\":0,\"enc\":\"A256GCM\",\"kid\":\"k1.20513\",\"typ\":\"st1+jwt\"}",
                    "{\"alg\":\"dir\",\"enc\":\"A128CBC-HS256\",\"kid\":\"k1.20513\",\"typ\":\"st1+jwt\"}",
                    "{\"alg\":\"dir\",\"enc\":\"A256CBC-HS512\",\"kid\":\"k1.20513\",\"typ\":\"st1+jwt\"}"
                })
        @Keeps({"T2", "K6"})
        @Tries({2, 4, 37})
        void swapped_or_blocked_are_refused_before_the_tag(String header) {
            assertThat(verify(header)).isInvalid(Cause.HEADER);
        }

        @Test
        @Tries(2)
        void with_a_key_part_where_none_is_are_refused() {
            String[] parts = sessions.issue(ada).split("\\.", -1);
            for (String key : List.of("A", "AAAA", Forge.base64url(new byte[40]), Forge.base64url(new byte[256]))) {
                parts[1] = key;
                assertThat(sessions.verify(String.join(".", parts))).isInvalid();
            }
        }

        static Stream<String> headers_of_nothing() {
            return Stream.of("null", "[\"HS256\"]", "0", "\"none \"", "\"\"", "{}")
                    .map(alg -> "{\"alg\":" + alg + ",\"kid\":\"s1\",\"typ\":\"sj1+jwt\"}");
        }

        @ParameterizedTest
        @MethodSource("headers_of_nothing")
        @Tries(1)
        void of_another_type_are_refused_with_any_signature(String header) {
            KeyRing ring = TestKeys.ring(TestKeys.ecdsa("s1", 0));
            Key signer = ring.keys().get(0);
            String signed = SignedTokens.sign(
                    signer,
                    header,
                    "{\"iss\":\"me\",\"aud\":\"you\"," + TicketTexts.of(ada).substring(1));
            String input = signed.substring(0, signed.lastIndexOf('.'));
            Verifier verifier = Verifier.of(KeyRing.parse(ring.exportPublicJwkSet()), "me", "you", clock);

            for (String token : List.of(signed, input, input + ".", input + ".AAAA", input + "." + "A".repeat(86))) {
                assertThat(verifier.verify(token)).isInvalid();
                assertThat(sessions.verify(token)).isInvalid();
            }
        }
    }

    @Nested
    class Key_ids {
        /** Under both keys something may open; the id says which is asked, and the other is not. */
        @Test
        @Keeps("T2")
        @Tries(7)
        void pick_one_key_and_none_is_tried_out() {
            Sessions both = Sessions.with(TestKeys.ring(TestKeys.secret("k1", 1), TestKeys.secret("k2", 2)))
                    .clock(clock)
                    .build();
            Forge second = new Forge(TestKeys.secretBytes(2), "k2", "app", "session", NOW);
            String ofSecond = second.ticket(TicketTexts.of(ada));
            String underFirst = Forge.seal(HEADER, second.key("st1+jwt", ""), claims);
            String renamed = Forge.base64url(Forge.utf8(HEADER)) + ofSecond.substring(ofSecond.indexOf('.'));

            assertThat(both.verify(ofSecond)).isActiveFor("ada");
            assertThat(both.verify(underFirst)).isInvalid(Cause.FORGED);
            assertThat(both.verify(renamed)).isInvalid(Cause.FORGED);
            assertThat(both.verify(Forge.seal(HEADER.replace("k1.", ""), KEY, claims)))
                    .isInvalid(Cause.HEADER);
        }

        @ParameterizedTest
        @ValueSource(ints = {13, 100, 2000, 20_000, 200_000})
        @Tries({8, 14})
        void of_any_length_are_refused(int length) {
            assertThat(verify(HEADER.replace("k1.", "x".repeat(length) + "."))).isInvalid(Cause.HEADER, Cause.TOO_LONG);
        }
    }

    @Nested
    class Addresses_in_headers {
        @Test
        @Keeps("T3")
        @Tries({9, 26})
        void call_nobody() throws IOException {
            try (ServerSocket canary = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
                String address = "http://127.0.0.1:" + canary.getLocalPort() + "/keys";
                for (String member : List.of("jku", "x5u", "jwk", "x5c", "x5t", "iss", "kid", "cty", "epk")) {
                    for (String value : List.of(
                            "\"" + address + "\"",
                            "[\"" + address + "\"]",
                            "{\"kty\":\"oct\",\"k\":\"AAAA\",\"x5u\":\"" + address + "\"}",
                            "\"file:///etc/passwd\"")) {
                        String more = HEADER.replace("}", ",\"" + member + "\":" + value + "}");
                        assertThat(verify(more)).isInvalid(Cause.HEADER);
                        assertThat(sessions.verify(FORGE.ticket(
                                        TicketTexts.of(ada).replace("}", ",\"" + member + "\":" + value + "}"))))
                                .isInvalid(Cause.CLAIMS);
                    }
                }
                Slot<Object> any = Slot.of("any", Object.class, "none");
                String data = "{\"sid\":\"" + ada.id() + "\",\"iat\":" + NOW.getEpochSecond() + ",\"exp\":"
                        + ada.endsAt().getEpochSecond() + ",\"data\":[\"java.net.URL\",\"" + address + "\"]}";
                assertThat(sessions.open("any", FORGE.slot("any", data), ada)
                                .flatMap(content -> sessions.value(any, content)))
                        .contains(List.of("java.net.URL", address));
                canary.setSoTimeout(1);
                assertThatThrownBy(canary::accept).isInstanceOf(SocketTimeoutException.class);
            }
        }
    }

    @Nested
    class Exhaustion {
        @Test
        @Tries({13, 14})
        void by_a_hundred_thousand_brackets_in_the_header_or_the_claims_is_refused() {
            for (String deep : List.of("[".repeat(100_000), "{\"a\":".repeat(100_000), "{\"a\":[".repeat(50_000))) {
                assertThat(verify(deep)).isInvalid(Cause.TOO_LONG);
                assertThat(sessions.verify(FORGE.ticket(deep))).isInvalid(Cause.TOO_LONG);
            }
            for (int depth : List.of(65, 200, 700)) {
                String deep = "{\"app\":" + "[".repeat(depth) + "]".repeat(depth) + "}";
                assertThat(sessions.verify(FORGE.ticket(deep))).isInvalid(Cause.CLAIMS);
            }
        }

        /** Texts that all have the hash code of "AaAaAaAaAa" and so on. */
        static List<String> colliding(int bits) {
            return IntStream.range(0, 1 << bits)
                    .mapToObj(number -> IntStream.range(0, bits)
                            .mapToObj(bit -> (number >> bit & 1) == 0 ? "Aa" : "BB")
                            .collect(Collectors.joining()))
                    .toList();
        }

        @Test
        @Keeps("T12")
        @Tries(15)
        void by_names_that_collide_in_hash_tables_is_refused_or_plain_data() {
            List<String> names = colliding(7);
            String members =
                    names.stream().map(name -> "\"" + name + "\":1").collect(Collectors.joining(",", "{", "}"));

            assertThat(names.stream().mapToInt(String::hashCode).distinct()).hasSize(1);
            assertThat(sessions.verify(FORGE.ticket(TicketTexts.of(ada).replace("}", "," + members.substring(1)))))
                    .isInvalid(Cause.CLAIMS);
            Slot<Object> any = Slot.of("any", Object.class, "none");
            String data = "{\"sid\":\"" + ada.id() + "\",\"iat\":" + NOW.getEpochSecond() + ",\"exp\":"
                    + ada.endsAt().getEpochSecond() + ",\"data\":" + members + "}";
            assertThat(sessions.open("any", FORGE.slot("any", data), ada)
                            .flatMap(content -> sessions.value(any, content)))
                    .hasValueSatisfying(value -> assertThat((Map<?, ?>) value).hasSize(names.size()));
        }

        @ParameterizedTest
        @ValueSource(ints = {2, 10, 1000})
        @Tries(20)
        void by_tokens_in_tokens_is_refused(int depth) {
            String token = sessions.issue(ada);
            for (int i = 0; i < depth && token.length() < 100_000; i++) {
                token = Forge.seal(HEADER, KEY, Forge.utf8(token));
            }

            assertThat(sessions.verify(token)).isInvalid(Cause.CLAIMS, Cause.TOO_LONG);
        }
    }

    @Nested
    class Structure {
        @Test
        @Tries(17)
        void in_json_with_recipients_or_as_both_is_refused() {
            String ticket = sessions.issue(ada);
            String[] parts = ticket.split("\\.", -1);
            for (String text : List.of(
                    "{\"protected\":\"%s\",\"recipients\":[{\"encrypted_key\":\"%s\"}],\"iv\":\"%s\",\"ciphertext\":\"%s\",\"tag\":\"%s\"}"
                            .formatted((Object[]) parts),
                    "{\"payload\":\"" + parts[3] + "\",\"signatures\":[{\"protected\":\"" + parts[0]
                            + "\",\"signature\":\"" + parts[4] + "\"}]}",
                    "{\"protected\":\"" + ticket + "\"}",
                    "{\"a\":\"" + ticket + "\"}",
                    "{\"a\":\"." + ticket + ".\"}",
                    "[\"" + ticket + "\"]",
                    "\"" + ticket + "\"",
                    ticket + "{}",
                    "{}" + ticket)) {
                assertThat(sessions.verify(text)).isInvalid();
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 4, 8, 12, 15, 17, 32})
        @Tries(18)
        void with_a_tag_of_another_length_is_refused(int bytes) {
            String ticket = sessions.issue(ada);
            String start = ticket.substring(0, ticket.lastIndexOf('.') + 1);

            assertThat(sessions.verify(start + Forge.base64url(new byte[bytes])))
                    .isInvalid(Cause.MALFORMED, Cause.FORGED);
        }
    }

    @Nested
    class A_revoked_ticket {
        private final String ticket = sessions.issue(ada);

        @Test
        @Keeps({"R1", "T8"})
        @Tries(22)
        void is_refused_in_every_spelling() {
            String renewed = sessions.issue(sessions.renew(ada));
            sessions.end(ada);
            String[] parts = ticket.split("\\.", -1);
            List<String> spellings =
                    new ArrayList<>(List.of(ticket, renewed, " " + ticket, ticket + " ", ticket + "\n"));
            for (int part = 0; part < parts.length; part++) {
                for (String end : List.of("=", "==", "!", "*", "\u00e9", "\u0000", "%3D", "\t", "A", "+", "/")) {
                    String[] changed = parts.clone();
                    changed[part] += end;
                    spellings.add(String.join(".", changed));
                    changed[part] = end + parts[part];
                    spellings.add(String.join(".", changed));
                }
            }
            spellings.add(ticket.replace('-', '+').replace('_', '/') + "=");
            spellings.add(String.join(".", parts[0], parts[1], parts[2], parts[3], sibling(parts[4])));

            assertThat(spellings)
                    .hasSizeGreaterThan(100)
                    .allMatch(one -> sessions.verify(one).active().isEmpty());
            assertThat(sessions.verify(ticket)).isRevoked();
            assertThat(sessions.verify(renewed)).isRevoked();
        }

        /** Another last character for the same bytes. */
        private String sibling(String part) {
            byte[] bytes = Base64.getUrlDecoder().decode(part);
            String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
            String start = part.substring(0, part.length() - 1);
            return alphabet.chars()
                    .mapToObj(c -> start + (char) c)
                    .filter(other -> !other.equals(part))
                    .filter(other -> Arrays.equals(Base64.getUrlDecoder().decode(other), bytes))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** What is not guaranteed, and said so: these tests show the limits, not promises. */
    @Nested
    class As_documented {
        private final Slot<String> cart = Slot.text("cart");

        private String sealed(String value, Session owner) {
            return sessions.seal(sessions.content(cart, value), owner);
        }

        private Optional<String> read(String token, Session owner) {
            return sessions.open("cart", token, owner).flatMap(content -> sessions.value(cart, content));
        }

        @Test
        @Keeps("D1")
        @Tries(30)
        void an_older_value_can_be_sent_again_within_its_session_and_nowhere_else() {
            String older = sealed("empty", ada);
            String newer = sealed("full", sessions.renew(ada));

            assertThat(read(newer, ada)).contains("full");
            assertThat(read(older, sessions.renew(ada))).contains("empty");
            assertThat(read(older, sessions.start("ada"))).isEmpty();
            assertThat(read(older, sessions.restart(ada, Set.of("ADMIN")).orElseThrow()))
                    .isEmpty();
        }

        @Test
        @Keeps({"D1", "T14"})
        @Tries(38)
        void lengths_show_and_nothing_is_compressed_unasked() {
            int one = sealed("a".repeat(60), ada).length();
            int same = sealed("b".repeat(60), ada).length();
            int random = sealed("q8Zk1Vx0Lw7Jr4Tn9Yb2Hc5Md3Gf6P".repeat(2), ada).length();

            assertThat(List.of(same, random)).containsOnly(one);
            assertThat(sealed("a".repeat(120), ada).length() - one).isEqualTo(80);
        }

        @Test
        @Keeps("D1")
        @Tries(38)
        void a_compressed_slot_shows_how_much_of_it_repeats() {
            Slot<String> text = Slot.text("text").compressed();
            String guess = "token=q8Zk1Vx0Lw7Jr4Tn9Yb2Hc5Md3Gf6P";

            int right = sessions.seal(sessions.content(text, guess + "&" + guess), ada)
                    .length();
            int wrong = sessions.seal(sessions.content(text, guess + "&token=P6fG3dM5cH2bY9nT4rJ7wL0xV1kZ8q"), ada)
                    .length();

            assertThat(right).isLessThan(wrong);
        }

        /** ECDSA: what (r, s) signs, (r, n - s) signs too. Nothing is found by the text of a ticket, so that gains nothing. */
        @Test
        @Keeps({"D1", "R1"})
        @Tries({21, 22})
        void a_signed_ticket_has_a_second_text_that_is_as_revoked() {
            Sessions signing = Sessions.with(TestKeys.ring(TestKeys.secret("k1", 1), TestKeys.ecdsa("s1", 0)))
                    .clock(clock)
                    .revocations(sessions.revocations())
                    .readableByHolder("me", "you")
                    .build();
            Session signed = signing.start("ada");
            String text = signing.issue(signed);
            String second = text.substring(0, text.length() - 86) + Forge.base64url(mirrored(text));
            assertThat(second).isNotEqualTo(text);
            assertThat(signing.verify(second)).isActiveFor("ada");

            signing.end(signed);

            assertThat(signing.verify(text)).isRevoked();
            assertThat(signing.verify(second)).isRevoked();
        }

        private byte[] mirrored(String signed) {
            BigInteger order = new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
            byte[] signature = Base64.getUrlDecoder().decode(signed.substring(signed.length() - 86));
            byte[] s = order.subtract(new BigInteger(1, Arrays.copyOfRange(signature, 32, 64)))
                    .toByteArray();
            Arrays.fill(signature, 32, 64, (byte) 0);
            int length = Math.min(32, s.length);
            System.arraycopy(s, s.length - length, signature, 64 - length, length);
            return signature;
        }

        @Test
        @Keeps("D1")
        void a_stolen_ticket_works_until_it_ends_or_is_revoked() {
            String stolen = sessions.issue(ada);
            assertThat(sessions.verify(stolen)).isActiveFor("ada");

            clock.set(ada.idleUntil());
            assertThat(sessions.verify(stolen)).isExpired();
        }
    }

    @Nested
    class A_ticket_that_was_ended {
        private Sessions with(KeyRing ring) {
            return Sessions.with(ring)
                    .clock(clock)
                    .revocations(sessions.revocations())
                    .build();
        }

        static Stream<Named<BiConsumer<Sessions, Session>>> ways() {
            return Stream.of(
                    Named.of("by a sign-out", Sessions::end),
                    Named.of("by a sign-out everywhere", Sessions::endEverywhere),
                    Named.of("as one of the others", (all, one) -> all.endOthers(all.start(one.subject()))),
                    Named.of("by an administrator", (all, one) -> all.revoke(Revocation.subject(one.subject()))),
                    Named.of("by its id", (all, one) -> all.revoke(Revocation.session(one.id(), one.subject()))),
                    Named.of("with everyone's", (all, one) -> all.revoke(Revocation.everyone())),
                    Named.of("by a sign-in in its place", Sessions::supersede),
                    Named.of("by a restart", (all, one) -> all.restart(one, Set.of("ADMIN"))),
                    Named.of("by credentials checked again", (all, one) -> all.restart(one, SignIn.as("ada"))));
        }

        @ParameterizedTest
        @MethodSource("ways")
        @Keeps({"S4", "S5", "S6", "S7", "S9", "R7"})
        @Tries(29)
        void is_refused_here_elsewhere_and_with_the_clock_set_back(BiConsumer<Sessions, Session> end) {
            String ticket = sessions.issue(ada);
            String copy = sessions.issue(sessions.renew(ada));
            Sessions elsewhere = with(TestKeys.ring());
            assertThat(elsewhere.verify(ticket)).isActiveFor("ada");

            end.accept(sessions, ada);

            for (Sessions all : List.of(sessions, elsewhere, with(TestKeys.ring()))) {
                assertThat(all.verify(ticket)).isRevoked();
                assertThat(all.verify(copy)).isRevoked();
            }
            clock.forward(Duration.ofSeconds(-20));
            assertThat(elsewhere.verify(ticket)).isRevoked();
            assertThat(elsewhere.verify(elsewhere.issue(elsewhere.start("ada"))))
                    .isActiveFor("ada");
        }

        @Test
        @Keeps({"K3", "K4"})
        @Tries(29)
        void is_as_refused_as_one_without_its_key() {
            assertThat(with(TestKeys.ring(TestKeys.secret("k2", 2))).verify(sessions.issue(ada)))
                    .isInvalid(Cause.UNKNOWN_KEY);
        }
    }

    @Nested
    class Ids {
        @Test
        @Keeps("K7")
        void are_128_random_bits() {
            int count = 100_000;
            Set<String> ids = new HashSet<>();
            int[] ones = new int[128];
            for (int i = 0; i < count; i++) {
                String id = sessions.startVisitor().id();
                ids.add(id);
                byte[] bytes = Base64.getUrlDecoder().decode(id);
                for (int bit = 0; bit < 128; bit++) {
                    ones[bit] += bytes[bit / 8] >> bit % 8 & 1;
                }
            }

            assertThat(ids).hasSize(count).allMatch(id -> id.length() == 22);
            assertThat(Arrays.stream(ones))
                    .as("no bit stands for a version")
                    .allMatch(n -> n > count * 0.49 && n < count * 0.51);
        }

        @Test
        @Keeps({"K7", "K11"})
        void are_made_by_two_hundred_threads_at_once_and_never_twice() throws InterruptedException {
            Set<String> tickets = ConcurrentHashMap.newKeySet();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                threads.add(new Thread(() -> {
                    for (int n = 0; n < 100; n++) {
                        Session visitor = sessions.startVisitor();
                        tickets.add(visitor.id());
                        tickets.add(sessions.issue(visitor));
                    }
                }));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }

            assertThat(tickets).hasSize(200 * 100 * 2);
        }
    }
}
