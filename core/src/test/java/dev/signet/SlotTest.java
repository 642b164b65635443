package dev.signet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlotTest {
    private static final Instant NOON = MovableClock.NOON;

    private final MovableClock clock = MovableClock.atNoon();
    private final List<String> refused = new ArrayList<>();
    private final Sessions sessions = Sessions.with(TestKeys.ring())
            .clock(clock)
            .listener(new SessionListener() {
                @Override
                public void slotRefused(String slot, Verification.Cause cause) {
                    refused.add(slot + " " + cause);
                }
            })
            .build();
    private final Session ada = sessions.start("ada");

    private <T> String seal(Slot<T> slot, T value) {
        return sessions.seal(sessions.content(slot, value), ada);
    }

    private <T> Optional<T> read(Slot<T> slot, String token) {
        return read(slot, token, ada);
    }

    private <T> Optional<T> read(Slot<T> slot, String token, Session owner) {
        int before = refused.size();
        Optional<T> value = sessions.read(slot, token, owner);
        List<String> told = List.copyOf(refused.subList(before, refused.size()));
        refused.subList(before, refused.size()).clear();
        Optional<T> inTwoSteps =
                sessions.open(slot.name(), token, owner).flatMap(content -> sessions.value(slot, content));
        assertThat(inTwoSteps).usingRecursiveComparison().isEqualTo(value);
        assertThat(refused.subList(before, refused.size())).isEqualTo(told);
        return value;
    }

    private String forged(String slot, String data) {
        return forged(slot, ",\"data\":" + data, NOON.getEpochSecond() + 60);
    }

    private String forged(String slot, String further, long expires) {
        return Forge.at(NOON)
                .slot(
                        slot,
                        "{\"sid\":\"%s\",\"iat\":%d,\"exp\":%d%s}"
                                .formatted(ada.id(), NOON.getEpochSecond(), expires, further));
    }

    record Item(String name, int count, BigDecimal price, Set<String> tags) {}

    record Cart(List<Item> items, Map<String, Integer> counts, Instant since) {
        static final Cart EMPTY = new Cart(List.of(), Map.of(), Instant.EPOCH);
    }

    record Times(Instant instant, LocalDate date, ZonedDateTime zoned, Duration duration, Optional<String> none) {}

    enum Theme {
        DARK,
        LIGHT
    }

    @Nested
    class Values {

        static Stream<Slot<?>> of_every_type() {
            return Stream.of(
                    Slot.of(
                            "cart",
                            Cart.class,
                            new Cart(
                                    List.of(
                                            new Item("Tee", 2, new BigDecimal("4.20"), Set.of("hot")),
                                            new Item("\"<ü😀>\\", -1, BigDecimal.ZERO, Set.of())),
                                    Map.of("a", 1),
                                    NOON)),
                    Slot.of("text", String.class, "é\u0000\u001f\"\\/😀 \u2028"),
                    Slot.of("number", Integer.class, -7),
                    Slot.of("big", Long.class, Long.MIN_VALUE),
                    Slot.of("real", Double.class, 1.5e-300),
                    Slot.of("yes", Boolean.class, true),
                    Slot.of("theme", Theme.class, Theme.DARK),
                    Slot.of("bytes", byte[].class, new byte[] {1, 2, -3}),
                    Slot.of("date", LocalDate.class, LocalDate.of(2026, 3, 1)),
                    Slot.of("instant", Instant.class, NOON.plusNanos(123_456_789)),
                    Slot.of("wait", Duration.class, Duration.ofMillis(1234)));
        }

        @ParameterizedTest
        @MethodSource("of_every_type")
        <T> void come_back_as_they_were(Slot<T> slot) {
            assertThat(read(slot, seal(slot, slot.initial()))).contains(slot.initial());
            assertThat(refused).isEmpty();
        }

        @Test
        void of_java_time_come_back_with_their_zone() {
            Slot<Times> slot = Slot.of("times", Times.class, new Times(NOON, LocalDate.MAX, null, Duration.ZERO, null));
            ZonedDateTime utc = ZonedDateTime.parse("2026-03-01T12:00:00Z");
            Times times = new Times(NOON, LocalDate.of(2026, 2, 28), utc, Duration.ofDays(2), null);

            Times read = read(slot, seal(slot, times)).orElseThrow();

            assertThat(read.instant()).isEqualTo(times.instant());
            assertThat(read.date()).isEqualTo(times.date());
            assertThat(read.zoned().toInstant()).isEqualTo(times.zoned().toInstant());
            assertThat(read.duration()).isEqualTo(times.duration());
        }

        @Test
        void of_lists_come_back_typed() {
            Slot<List<Item>> items = Slot.listOf("items", Item.class);
            List<Item> value =
                    List.of(new Item("a", 1, BigDecimal.ONE, Set.of()), new Item("b", 2, BigDecimal.TEN, Set.of("x")));

            assertThat(items.initial()).isEmpty();
            assertThat(read(items, seal(items, value))).contains(value);
            assertThat(read(items, seal(items, List.of()))).contains(List.of());
        }

        @Test
        void of_random_texts_come_back() {
            Slot<String> text = Slot.text("text").atMost(3800);
            Random random = new Random(11);
            for (int round = 0; round < 200; round++) {
                String value = random.ints(random.nextInt(100), 0, 0x11000)
                        .filter(point -> point < 0xD800 || point > 0xDFFF)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
                assertThat(read(text, seal(text, value)))
                        .as("seed 11, round %d", round)
                        .contains(value);
            }
        }

        @Test
        void of_text_begin_empty_or_as_told() {
            assertThat(Slot.text("theme").initial()).isEmpty();
            assertThat(Slot.text("theme", "light").initial()).isEqualTo("light");
        }

        @Test
        void that_are_no_json_name_the_slot() {
            Slot<Object> slot = Slot.of("odd", Object.class, "");

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> sessions.content(slot, new Object()))
                    .withMessageContainingAll("'odd'", "JSON");
        }

        @Test
        void with_half_a_character_come_back_as_they_were() {
            Slot<String> text = Slot.text("text");

            assertThat(read(text, seal(text, "a\ud800"))).contains("a\ud800");
        }

        private static Object nested(int depth) {
            Object deep = "x";
            for (int i = 0; i < depth; i++) {
                deep = i % 2 == 0 ? List.of(deep) : Map.of("a", deep);
            }
            return deep;
        }

        static Stream<Object> at_the_limits_of_the_token() {
            return Stream.of(
                    nested(62),
                    nested(63),
                    nested(64),
                    nested(65),
                    nested(70),
                    new BigDecimal("1" + "2".repeat(99)),
                    Map.of("n".repeat(1100), 1),
                    Map.of("a", List.of(Map.of("b", 2))));
        }

        @ParameterizedTest
        @MethodSource("at_the_limits_of_the_token")
        void that_are_accepted_can_be_read_again(Object value) {
            Slot<Object> slot = Slot.of("any", Object.class, "").atMost(3800);
            SlotContent content;
            try {
                content = sessions.content(slot, value);
            } catch (IllegalArgumentException refusedAtOnce) {
                assertThat(refusedAtOnce).hasMessageContaining("'any'");
                return;
            }

            assertThat(sessions.open("any", sessions.seal(content, ada), ada)).isPresent();
        }
    }

    @Nested
    class Names {

        @ParameterizedTest
        @ValueSource(strings = {"a", "cart", "0", "a1b2c3d4e5f6a7b8"})
        void are_short_and_plain(String name) {
            assertThat(Slot.text(name).name()).isEqualTo(name);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "Cart",
                    "my cart",
                    "my-cart",
                    "a.b",
                    "ä",
                    "a1b2c3d4e5f6a7b8c",
                    "a\n",
                    "__host",
                    "a=b",
                    "a;b"
                })
        void of_any_other_kind_are_refused(String name) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Slot.text(name))
                    .withMessageContainingAll("slot name '" + name + "'", "1 to 16 of a-z 0-9");
            assertThatIllegalArgumentException().isThrownBy(() -> Slot.of(name, Integer.class, 0));
            assertThatIllegalArgumentException().isThrownBy(() -> Slot.listOf(name, Integer.class));
        }
    }

    @Nested
    class Maxima {

        @ParameterizedTest
        @ValueSource(ints = {256, 257, 1024, 3799, 3800})
        void lie_between_256_and_3800_bytes(int bytes) {
            assertThat(Slot.text("a").atMost(bytes).maximum()).isEqualTo(bytes);
        }

        @ParameterizedTest
        @ValueSource(ints = {-1, 0, 255, 3801, 4096})
        void of_any_other_size_are_refused(int bytes) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Slot.text("a").atMost(bytes))
                    .withMessageContainingAll("'a'", "" + bytes, "256 to 3800");
        }

        @Test
        void are_1024_bytes_unless_told() {
            assertThat(Slot.text("a").maximum()).isEqualTo(1024);
        }

        @ParameterizedTest
        @ValueSource(ints = {256, 700, 1024, 3800})
        void are_kept_to_the_byte(int maximum) {
            Slot<String> slot = Slot.text("note").atMost(maximum);
            int length = 0;
            for (int step = 2048; step > 0; step /= 2) {
                length += fits(slot, length + step) ? step : 0;
            }
            SlotContent largest = sessions.content(slot, "x".repeat(length));
            assertThat(sessions.sealedSize(largest)).isBetween(maximum - 1, maximum);
            assertThat(sessions.seal(largest, ada).length()).isLessThanOrEqualTo(maximum);

            String tooLong = "x".repeat(length + 1);
            SlotTooLarge thrown = catchThrowableOfType(SlotTooLarge.class, () -> sessions.content(slot, tooLong));
            assertThat(thrown.slot()).isEqualTo("note");
            assertThat(thrown.size()).isBetween(maximum + 1, maximum + 2);
            assertThat(thrown.limit()).isEqualTo(maximum);
            assertThat(thrown)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("'note'", "" + thrown.size(), "" + maximum, "atMost")
                    .hasMessageNotContaining("xxxx");
        }

        private boolean fits(Slot<String> slot, int length) {
            try {
                sessions.content(slot, "x".repeat(length));
                return true;
            } catch (SlotTooLarge tooLarge) {
                return false;
            }
        }

        @Test
        void count_bytes_and_not_characters() {
            assertThat(sessions.sealedSize(sessions.content(Slot.text("a"), "é".repeat(60))))
                    .isEqualTo(sessions.sealedSize(sessions.content(Slot.text("a"), "x".repeat(120))));
        }

        @Test
        void are_measured_for_the_longest_key_id_and_the_latest_times() {
            Sessions longest = Sessions.with(TestKeys.ring(TestKeys.secret("abcdefghijkl", 1)))
                    .clock(clock)
                    .build();
            Session owner = longest.start("ada");
            for (int length = 0; length < 500; length += 3) {
                SlotContent content = longest.content(Slot.text("a"), "x".repeat(length));
                int sealed = longest.seal(content, owner).length();
                assertThat(longest.sealedSize(content)).isBetween(sealed, sealed + 6);
            }
        }

        @ParameterizedTest
        @CsvSource({"ENCRYPTED", "SIGNED_THEN_ENCRYPTED"})
        void are_never_exceeded_by_what_is_sealed(TokenFormat format) {
            Sessions some = Sessions.with(TestKeys.ring(TestKeys.secret("k1", 1), TestKeys.ecdsa("s1", 0)))
                    .clock(clock)
                    .format(format)
                    .build();
            for (int length = 0; length < 300; length += 7) {
                SlotContent content = some.content(Slot.text("a").atMost(3800), "x".repeat(length));
                for (Session owner : List.of(some.start("ada"), some.startVisitor())) {
                    assertThat(some.seal(content, owner).length()).isLessThanOrEqualTo(some.sealedSize(content));
                }
            }
        }
    }

    @Nested
    class Values_of_another_time {
        private final Slot<Cart> cart = Slot.of("cart", Cart.class, Cart.EMPTY);

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "null",
                    "1",
                    "[]",
                    "\"text\"",
                    "{\"items\":1}",
                    "{\"items\":[1]}",
                    "{\"since\":\"yesterday\"}",
                    "{\"counts\":{\"a\":\"x\"}}",
                    "{\"items\":[{\"count\":99999999999}]}",
                })
        void that_do_not_fit_the_type_any_more_are_absent(String data) {
            assertThat(read(cart, forged("cart", data))).isEmpty();
            assertThat(refused).containsExactly("cart CLAIMS");
        }

        @Test
        void may_have_properties_that_the_type_does_not_know() {
            String data = "{\"items\":[],\"counts\":{},\"since\":\"2026-03-01T12:00:00Z\",\"coupon\":{\"a\":[1]}}";

            assertThat(read(cart, forged("cart", data))).contains(new Cart(List.of(), Map.of(), NOON));
        }

        @Test
        void may_have_their_claims_in_another_order() {
            Slot<Cart> slot = cart.version(2, Cart.class, old -> new Cart(old.items(), old.counts(), Instant.MAX));
            String claims = "{\"data\":{},\"exp\":%d,\"ver\":2,\"iat\":%d,\"sid\":\"%s\"}"
                    .formatted(NOON.getEpochSecond() + 60, NOON.getEpochSecond(), ada.id());

            assertThat(read(slot, Forge.at(NOON).slot("cart", claims))).contains(new Cart(null, null, null));
            assertThat(read(slot, Forge.at(NOON).slot("cart", claims.replace("\"ver\":2,", ""))))
                    .contains(new Cart(null, null, Instant.MAX));
            assertThat(read(cart, Forge.at(NOON).slot("cart", claims.replace("{}", "1"))))
                    .isEmpty();
        }

        @Test
        void may_miss_properties() {
            assertThat(read(cart, forged("cart", "{}"))).contains(new Cart(null, null, null));
        }
    }

    @Nested
    class Versions {
        record CartV1(List<String> names) {}

        record CartV2(List<String> names, String note) {}

        private final Slot<CartV1> first = Slot.of("cart", CartV1.class, new CartV1(List.of()));
        private final Slot<CartV2> second = Slot.of("cart", CartV2.class, new CartV2(List.of(), ""))
                .version(2, CartV1.class, old -> new CartV2(old.names(), "from 1"));
        private final Slot<String> third = Slot.text("cart")
                .version(2, CartV1.class, old -> "1:" + old.names())
                .version(3, CartV2.class, old -> "2:" + old.names());

        @Test
        void before_are_migrated() {
            String token = seal(first, new CartV1(List.of("tee")));

            assertThat(read(second, token)).contains(new CartV2(List.of("tee"), "from 1"));
            assertThat(read(third, token)).contains("1:[tee]");
            assertThat(read(third, seal(second, new CartV2(List.of("cup"), ""))))
                    .contains("2:[cup]");
        }

        @Test
        void of_today_are_not() {
            assertThat(read(second, seal(second, new CartV2(List.of("tee"), "new"))))
                    .contains(new CartV2(List.of("tee"), "new"));
            assertThat(read(third, seal(third, "now"))).contains("now");
        }

        @Test
        void to_come_are_absent() {
            assertThat(read(first, seal(second, new CartV2(List.of("tee"), ""))))
                    .isEmpty();
            assertThat(read(second, seal(third, "x"))).isEmpty();
            assertThat(read(second, forged("cart", ",\"ver\":0,\"data\":{}", NOON.getEpochSecond() + 60)))
                    .isEmpty();
            assertThat(refused).hasSize(3).containsOnly("cart CLAIMS");
        }

        @Test
        void whose_migration_fails_are_absent() {
            Slot<String> unlucky = Slot.text("cart").version(2, CartV1.class, old -> {
                throw new IllegalStateException("no way");
            });

            assertThat(read(unlucky, seal(first, new CartV1(List.of())))).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(ints = {-1, 0, 1, 3})
        void follow_each_other(int number) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Slot.text("cart").version(number, CartV1.class, CartV1::toString))
                    .withMessageContainingAll("'cart'", "version " + number, "use 2");
        }
    }

    @Nested
    class Another_format {
        private final Slot<Locale> locale =
                Slot.of("locale", Locale.class, Locale.ROOT).format(new Tags());

        /** Language tags instead of JSON. */
        private static final class Tags implements SlotFormat {
            @Override
            public byte[] write(Object value, Type type) {
                return ((Locale) value).toLanguageTag().getBytes(StandardCharsets.UTF_16);
            }

            @Override
            public Object read(byte[] bytes, Type type) {
                if (bytes.length == 0 || !type.getTypeName().equals("java.util.Locale")) {
                    throw new IllegalArgumentException("not a tag");
                }
                return Locale.forLanguageTag(new String(bytes, StandardCharsets.UTF_16));
            }
        }

        @Test
        void comes_back() {
            assertThat(read(locale, seal(locale, Locale.CANADA_FRENCH))).contains(Locale.CANADA_FRENCH);
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"\"", "1", "\"A\"", "\"AA==\"", "null", "{}", "\"a b\"", "\"AB\""})
        void that_cannot_be_read_is_absent(String data) {
            assertThat(read(locale, forged("locale", data))).isEmpty();
        }

        @Test
        void keeps_to_the_maximum() {
            assertThatExceptionOfType(SlotTooLarge.class)
                    .isThrownBy(() -> sessions.content(
                            locale.atMost(256), Locale.forLanguageTag("de-x-" + "abcdefgh-".repeat(20) + "a")));
        }
    }

    @Nested
    @Tries(26)
    class Types_named_in_the_data {
        private static volatile boolean made;

        @SuppressWarnings("unused")
        static final class Gadget {
            public Gadget() {
                made = true;
            }

            public void setCommand(String command) {
                made = true;
            }
        }

        record Holder(Object any) {}

        @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
        interface Open {}

        record Named(
                @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS) Object any) {}

        private final String gadget = "\"" + Gadget.class.getName() + "\"";

        @Test
        void are_plain_data() {
            Slot<Holder> slot = Slot.of("any", Holder.class, new Holder(null));
            for (String data : List.of(
                    "{\"@class\":" + gadget + ",\"command\":\"x\"}",
                    "{\"@type\":" + gadget + "}",
                    "{\"$ref\":\"#\"}",
                    "[" + gadget + ",{\"command\":\"x\"}]",
                    "[\"java.net.URL\",\"http://127.0.0.1:1/\"]",
                    "[\"javax.swing.JEditorPane\",{\"page\":\"http://127.0.0.1:1/\"}]")) {
                Object any = read(slot, forged("any", "{\"any\":" + data + "}"))
                        .orElseThrow()
                        .any();
                assertThat(any).isInstanceOfAny(Map.class, List.class);
            }
            assertThat(made).isFalse();
        }

        @Test
        void make_nothing_even_where_the_type_would_let_them() {
            String data = "{\"@class\":" + gadget + ",\"command\":\"x\"}";

            assertThat(refusedOrAbsent(Named.class, "{\"any\":" + data + "}")).isTrue();
            assertThat(refusedOrAbsent(Open.class, data)).isTrue();
            assertThat(made).isFalse();
        }

        private <T> boolean refusedOrAbsent(Class<T> type, String data) {
            try {
                return read(Slot.of("open", type, null), forged("open", data)).isEmpty();
            } catch (IllegalArgumentException refusedAsASlot) {
                return true;
            }
        }
    }

    @Nested
    class Slots_of_a_session {
        private final Slot<String> theme = Slot.text("theme");

        @ParameterizedTest
        @CsvSource({"-1000, true", "-1, true", "0, false", "1000, false"})
        void end_with_it_and_not_at_its_idle_deadline(long millisAfter, boolean readable) {
            String token = seal(theme, "dark");
            clock.set(ada.endsAt().plusMillis(millisAfter));

            assertThat(read(theme, token).isPresent()).isEqualTo(readable);
            assertThat(refused).isEmpty();
        }

        @Test
        void go_with_the_visitor_for_as_long_as_any_session_may_last() {
            Session visitor = sessions.startVisitor();
            String token = sessions.seal(sessions.content(theme, "dark"), visitor);

            clock.set(NOON.plus(Lifetime.REMEMBERED.absolute()).minusMillis(1));
            assertThat(read(theme, token, visitor)).contains("dark");
            clock.set(NOON.plus(Lifetime.REMEMBERED.absolute()));
            assertThat(read(theme, token, visitor)).isEmpty();
        }

        @Test
        void may_be_written_in_the_last_second() {
            clock.set(ada.endsAt().minusMillis(1));

            assertThat(read(theme, seal(theme, "dark"))).contains("dark");
        }
    }

    @Nested
    class Carried_slots {
        private final Slot<String> cart = Slot.text("cart");
        private final Slot<String> theme = Slot.text("theme");
        private final Session visitor = sessions.startVisitor();
        private final String visitorsCart = sessions.seal(sessions.content(cart, "tee"), visitor);
        private final String visitorsTheme = sessions.seal(sessions.content(theme, "dark"), visitor);
        private final Session carrying = sessions.carrying(ada, visitor, Set.of("cart"));

        @Test
        void are_readable_and_the_others_are_not() {
            Session session = sessions.verify(sessions.issue(carrying)).active().orElseThrow();

            assertThat(read(cart, visitorsCart, session)).contains("tee");
            assertThat(read(theme, visitorsTheme, session)).isEmpty();
        }

        @Test
        void are_written_under_the_sessions_own_id() {
            String own = sessions.seal(sessions.content(cart, "cup"), carrying);

            assertThat(read(cart, own, carrying)).contains("cup");
            assertThat(read(cart, own, ada)).contains("cup");
            assertThat(read(cart, own, visitor)).isEmpty();
        }

        @Test
        void stay_readable_over_renewals_and_not_over_a_restart() {
            clock.forward(Duration.ofMinutes(10));

            assertThat(read(cart, visitorsCart, sessions.renew(carrying))).contains("tee");
            assertThat(read(
                            cart,
                            visitorsCart,
                            sessions.restart(carrying, Set.of()).orElseThrow()))
                    .isEmpty();
        }

        @Test
        void of_another_visitor_are_not_readable() {
            Session stranger = sessions.startVisitor();
            String strangers = sessions.seal(sessions.content(cart, "bomb"), stranger);

            assertThat(read(cart, strangers, carrying)).isEmpty();
        }

        @Test
        void of_none_change_nothing() {
            assertThat(sessions.carrying(ada, visitor, Set.of())).isEqualTo(ada);
        }

        @Test
        void are_named_by_the_sign_in() {
            assertThat(SignIn.as("ada").carry(cart).carry(theme, cart).carried())
                    .containsExactlyInAnyOrder("cart", "theme");
        }
    }
}
