package dev.signet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.token.Base64Url;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompressedSlotTest {
    private static final Instant NOON = MovableClock.NOON;
    private static final Slot<List<String>> PLAIN =
            Slot.listOf("goods", String.class).atMost(3800);
    private static final Slot<List<String>> SMALL = PLAIN.compressed();

    private final List<String> refused = new ArrayList<>();
    private final Sessions sessions = Sessions.with(TestKeys.ring())
            .clock(MovableClock.atNoon())
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
        return sessions.read(slot, token, ada);
    }

    private String forged(String further) {
        return Forge.at(NOON)
                .slot(
                        "goods",
                        "{\"sid\":\"%s\",\"iat\":%d,\"exp\":%d%s}"
                                .formatted(ada.id(), NOON.getEpochSecond(), NOON.getEpochSecond() + 60, further));
    }

    private String forged(byte[] deflated) {
        return forged(",\"zip\":\"" + Base64Url.encode(deflated) + "\"");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> goods(int count) {
        List<String> goods = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            goods.add("Brass sextant, number " + i);
        }
        return goods;
    }

    @Nested
    class Values {

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 2, 10, 100})
        void come_back_as_they_were(int count) {
            assertThat(read(SMALL, seal(SMALL, goods(count)))).contains(goods(count));
            assertThat(refused).isEmpty();
        }

        @Test
        void of_random_texts_come_back() {
            Slot<String> text = Slot.text("text").atMost(3800).compressed();
            Random random = new Random(31);
            for (int round = 0; round < 200; round++) {
                String value = random.ints(random.nextInt(300), ' ', random.nextBoolean() ? 'e' : 0x3000)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
                assertThat(read(text, seal(text, value)))
                        .as("seed 31, round %d", round)
                        .contains(value);
            }
        }

        @Test
        void that_repeat_themselves_take_a_third() {
            assertThat(seal(SMALL, goods(60)).length())
                    .isLessThan(seal(PLAIN, goods(60)).length() / 3);
        }

        @Test
        void that_would_get_longer_are_left_as_they_are() {
            for (List<String> value : List.of(List.<String>of(), List.of("x"), List.of("qwertzuiop"))) {
                assertThat(seal(SMALL, value)).hasSameSizeAs(seal(PLAIN, value));
            }
        }

        @Test
        void are_migrated() {
            Slot<String> next = Slot.text("goods").version(2, String[].class, old -> old.length + " goods");

            assertThat(read(next.atMost(3800), seal(SMALL, goods(20)))).contains("20 goods");
        }

        @Test
        void may_have_another_format() {
            Slot<String> upper = Slot.text("goods").format(new Reversed()).compressed();
            String value = "Brass sextant ".repeat(30);

            assertThat(read(upper, seal(upper, value))).contains(value);
            assertThat(seal(upper, value)).hasSizeLessThan(300);
        }

        private static final class Reversed implements SlotFormat {
            @Override
            public byte[] write(Object value, Type type) {
                return utf8(new StringBuilder((String) value).reverse().toString());
            }

            @Override
            public Object read(byte[] bytes, Type type) {
                return new StringBuilder(new String(bytes, StandardCharsets.UTF_8))
                        .reverse()
                        .toString();
            }
        }

        @Test
        void are_carried_and_sealed_again_as_they_are() {
            SlotContent content = sessions.content(SMALL, goods(20));
            SlotContent again =
                    sessions.open("goods", sessions.seal(content, ada), ada).orElseThrow();

            assertThat(again).isEqualTo(content).hasToString("SlotContent[goods]");
            assertThat(again).isNotEqualTo(sessions.content(PLAIN, goods(20)));
            assertThat(sessions.value(SMALL, again)).contains(goods(20));
        }
    }

    @Nested
    class A_slot_that_becomes_compressed {

        @Test
        void reads_what_was_sealed_before() {
            assertThat(read(SMALL, seal(PLAIN, goods(20)))).contains(goods(20));
        }

        @Test
        void is_read_after_it_has_gone_back() {
            assertThat(read(PLAIN, seal(SMALL, goods(20)))).contains(goods(20));
        }
    }

    @Nested
    class Limits {

        @ParameterizedTest
        @CsvSource({"1024, 0, true", "1024, 1, false", "3800, 0, true", "3800, 1, false"})
        void hold_before_compression(int maximum, int over, boolean fits) {
            Slot<String> text = Slot.text("text").atMost(maximum).compressed();
            String value = "x".repeat(maximum - 2 + over);

            if (fits) {
                assertThat(read(text, seal(text, value))).contains(value);
            } else {
                assertThatExceptionOfType(SlotTooLarge.class)
                        .isThrownBy(() -> sessions.content(text, value))
                        .withMessageContainingAll("'text'", "" + (maximum + 1), "" + maximum, "before compression");
            }
        }

        @Test
        void hold_after_compression() {
            Slot<String> text = Slot.text("text").atMost(1024).compressed();
            String noise = new Random(7)
                    .ints(1000, ' ', 127)
                    .mapToObj(Character::toString)
                    .reduce("", String::concat);

            assertThatIllegalArgumentException().isThrownBy(() -> sessions.content(text, noise));
        }

        @ParameterizedTest
        @CsvSource({"3798, true", "3799, false", "100000, false", "1000000, false"})
        void hold_for_what_comes_out_of_a_cookie(int characters, boolean readable) {
            Slot<String> text = Slot.text("goods").atMost(3800);

            assertThat(read(text, forged(Deflate.deflate(utf8('"' + "x".repeat(characters) + '"'))))
                            .isPresent())
                    .isEqualTo(readable);
            assertThat(refused).hasSize(readable ? 0 : 1);
        }

        @Test
        void are_the_slots_own() {
            String token = seal(SMALL, goods(100));

            assertThat(read(PLAIN.atMost(256), token)).isEmpty();
            assertThat(refused).containsExactly("goods CLAIMS");
        }
    }

    @Test
    void threads_that_read_whole_and_broken_ones_never_mix_anything_up() throws Exception {
        List<Callable<Integer>> all = new ArrayList<>();
        for (int i = 1; i <= 8; i++) {
            List<String> value = goods(10 * i);
            String token = seal(SMALL, value);
            byte[] deflated = Deflate.deflate(utf8("[\"" + "x".repeat(40 * i) + "\"]"));
            String broken = forged(Arrays.copyOf(deflated, deflated.length - 1));
            Sessions quiet =
                    Sessions.with(TestKeys.ring()).clock(MovableClock.atNoon()).build();
            all.add(() -> {
                int faults = 0;
                for (int round = 0; round < 500; round++) {
                    faults += quiet.read(SMALL, token, ada).equals(Optional.of(value)) ? 0 : 1;
                    faults += round % 3 == 0 && quiet.read(SMALL, broken, ada).isPresent() ? 1 : 0;
                }
                return faults;
            });
        }

        assertThat(Threads.sum(all)).isZero();
    }

    @Nested
    class What_is_not_a_deflated_value {
        private final byte[] fine = Deflate.deflate(utf8("[\"" + "x".repeat(40) + "\"]"));

        private void assertRefused(String token) {
            refused.clear();
            assertThat(read(SMALL, token)).isEmpty();
            assertThat(refused).containsExactly("goods CLAIMS");
        }

        @Test
        void is_refused_where_the_stream_is_cut_or_goes_on() {
            assertThat(read(SMALL, forged(fine))).isPresent();
            for (int length = 0; length < fine.length; length++) {
                assertRefused(forged(Arrays.copyOf(fine, length)));
            }
            assertRefused(forged(Arrays.copyOf(fine, fine.length + 1)));
        }

        @Test
        void is_refused_as_noise() {
            Random random = new Random(41);
            for (int round = 0; round < 300; round++) {
                byte[] noise = new byte[random.nextInt(60)];
                random.nextBytes(noise);
                assertRefused(forged(noise));
            }
        }

        @Test
        void is_refused_with_a_zlib_header() {
            byte[] zlib = new byte[fine.length + 6];
            zlib[0] = 0x78;
            zlib[1] = (byte) 0x9c;
            System.arraycopy(fine, 0, zlib, 2, fine.length);

            assertRefused(forged(zlib));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"", "[", "[1]x", "{\"a\":1,\"a\":2}", "[\"a\u0000\"]", "\ufeff[]", "null", "{}", "[] \n"})
        void is_refused_where_it_is_not_the_slots_json(String json) {
            assertRefused(forged(Deflate.deflate(utf8(json))));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    ",\"zip\":1",
                    ",\"zip\":null",
                    ",\"zip\":[]",
                    ",\"zip\":\"\"",
                    ",\"zip\":\"AA==\"",
                    ",\"zip\":\"a b\"",
                    ",\"zip\":\"AB\"",
                    ",\"data\":[],\"zip\":\"AA\"",
                    ",\"zip\":\"AA\",\"data\":[]",
                })
        void is_refused_as_another_claim(String further) {
            assertRefused(forged(further));
        }
    }
}
