package dev.signet.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.Keeps;
import dev.signet.Sessions;
import dev.signet.Slot;
import dev.signet.Tries;
import dev.signet.keys.KeyRing;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot work is refused when it is configured, in words that name the setting, its value and what to do. */
@Keeps("C4")
@Tries(44)
class CookieConfigurationTest {
    private static void refused(ThrowingCallable configuration, String... words) {
        assertThatThrownBy(configuration)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(words);
    }

    private static WebSessions.Builder web() {
        return WebSessions.with(Sessions.with(KeyRing.generate()).build());
    }

    @Test
    void a_domain_with_the_host_prefix() {
        refused(
                () -> CookieSettings.DEFAULT.domain("example.com").prefix("__Host-"),
                "__Host-",
                "example.com",
                "leave out");
    }

    @Test
    void the_newer_host_prefix_with_a_domain() {
        refused(
                () -> CookieSettings.DEFAULT.prefix("__Host-Http-").domain("example.com"),
                "__Host-Http-",
                "example.com",
                "leave out");
    }

    @Test
    void the_host_prefix_with_a_domain() {
        refused(
                () -> CookieSettings.DEFAULT.prefix("__Host-").domain("example.com"),
                "__Host-",
                "example.com",
                "leave out");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "__host-",
                "__HOST-",
                "__secure-",
                "Host-",
                "s",
                "__http-",
                "__Host-http-",
                "__Host-\r\nX: 1",
                "__Host-;"
            })
    void another_prefix(String prefix) {
        refused(
                () -> CookieSettings.DEFAULT.prefix(prefix),
                "cookie prefix '" + prefix + "'",
                "use __Host-, __Secure-, __Host-Http- or __Http-");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "com",
                ".example.com",
                "example.com.",
                "Example.com",
                "exa mple.com",
                "example.com; Path=/x",
                "example.com\r\nSet-Cookie: a=b",
                "example..com",
                "-example.com",
                "exämple.com",
                "example.com:443",
                "https://example.com",
                "a,b.com",
                "a\u0000b.com"
            })
    void a_bad_domain(String domain) {
        refused(() -> CookieSettings.DEFAULT.domain(domain), "cookie domain '" + domain + "'", "such as example.com");
    }

    @Test
    void a_domain_that_is_too_long() {
        String longest = "a.".repeat(125) + "com";
        assertThat(longest).hasSize(253);
        assertThatCode(() -> CookieSettings.DEFAULT.domain(longest)).doesNotThrowAnyException();

        refused(() -> CookieSettings.DEFAULT.domain("a" + longest), "cookie domain");
    }

    @Test
    @Keeps("C3")
    void same_site_none_without_a_guard() {
        refused(
                () -> web().cookies(CookieSettings.DEFAULT.sameSite(SameSite.NONE))
                        .csrf(Csrf.off())
                        .build(),
                "SameSite=None",
                "Csrf.off()",
                "Csrf.on()");
    }

    @Test
    void same_site_none_with_a_guard_is_fine() {
        CookieSettings none = CookieSettings.DEFAULT.sameSite(SameSite.NONE);

        assertThat(web().cookies(none).csrf(Csrf.on()).build()).isNotNull();
        assertThat(web().cookies(none).csrf(Csrf.originOnly()).build()).isNotNull();
    }

    @Test
    void readable_tickets() {
        KeyRing signing = KeyRing.parse("{\"keys\":[" + keyOf(KeyRing.generate()) + "," + EC + "]}");
        Sessions readable = Sessions.with(signing)
                .readableByHolder("https://shop.example", "shop")
                .build();

        refused(() -> WebSessions.with(readable).build(), "SIGNED", "ENCRYPTED");
    }

    private static final String EC = ecKey();

    private static String ecKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            var publicKey = (ECPublicKey) pair.getPublic();
            var privateKey = (ECPrivateKey) pair.getPrivate();
            return "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\""
                    + number(publicKey.getW().getAffineX()) + "\",\"y\":\""
                    + number(publicKey.getW().getAffineY()) + "\",\"d\":\"" + number(privateKey.getS()) + "\"}";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String number(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] fixed = new byte[32];
        int length = Math.min(bytes.length, 32);
        System.arraycopy(bytes, bytes.length - length, fixed, 32 - length, length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(fixed);
    }

    private static String keyOf(KeyRing ring) {
        String set = ring.exportSecretJwkSet();
        return set.substring(set.indexOf('[') + 1, set.lastIndexOf(']'));
    }

    @Test
    void slots_over_the_budget() {
        List<Slot<String>> slots =
                List.of(Slot.text("a").atMost(3000), Slot.text("b").atMost(2121));

        refused(() -> web().slots(slots).build(), "6145", "6144", "Slot[a]", "Slot[b]", "atMost");
    }

    @Test
    void slots_that_take_just_the_budget_are_fine() {
        List<Slot<String>> slots =
                List.of(Slot.text("a").atMost(3000), Slot.text("b").atMost(2120));

        assertThat(web().slots(slots).build()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Cart", "a-b", "a.b", "seventeenletters1", "ä", "a b", "a=b", "visitor;"})
    void a_bad_slot_name(String name) {
        refused(() -> Slot.text(name), "slot name '" + name + "'", "1 to 16 of a-z 0-9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Session", "__Host-session", "a-b", "seventeenletters1", "a;b"})
    void a_bad_session_name(String name) {
        refused(
                () -> Sessions.with(KeyRing.generate()).name(name),
                "session name '" + name + "'",
                "1 to 16 of a-z 0-9");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 255, 3801, 4096, Integer.MAX_VALUE})
    void a_bad_slot_maximum(int bytes) {
        refused(() -> Slot.text("cart").atMost(bytes), "'cart'", Integer.toString(bytes), "256 to 3800");
    }

    @Test
    void a_slot_that_is_called_as_the_flash_messages() {
        try (Shop shop = Shop.inMemory()) {
            WebSession session = shop.browser().form(shop.instance()).session;

            refused(() -> session.set("flash", "text"), "'flash'", "use another");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shop.example",
                "",
                "https://",
                "https://shop.example/",
                "https://shop.example/path",
                "null",
                "*",
                "https://*.example"
            })
    void an_origin_that_no_browser_sends(String origin) {
        refused(() -> Csrf.on().origins("https://other.example", origin), "'" + origin + "'", "https://");
    }
}
