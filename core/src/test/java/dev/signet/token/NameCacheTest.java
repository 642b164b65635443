package dev.signet.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.token.NameCache.Name;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameCacheTest {
    private final NameCache cache = new NameCache();

    /** The name as it is read where so many bytes precede and follow it and its quote. */
    private @Nullable String read(String name, int before, int after) {
        byte[] json = (" ".repeat(before) + name + "\"" + ":".repeat(after)).getBytes(StandardCharsets.UTF_8);
        return text(json, before, json.length);
    }

    private @Nullable String text(byte[] json, int at, int end) {
        Name name = cache.shortName(json, at, end);
        if (name == null) {
            return null;
        }
        assertThat(name.isAt(json, at, end)).isTrue();
        assertThat(name.isAt(json, at, at + name.text().length())).isFalse();
        return name.text();
    }

    private @Nullable String read(String name) {
        return read(name, 0, 16);
    }

    @Test
    void reads_names_of_up_to_fifteen_bytes() {
        for (int before = 0; before < 9; before++) {
            for (int length = 0; length < 16; length++) {
                String name = "abcdefghijklmno".substring(0, length);
                assertThat(read(name, before, 16)).isEqualTo(name);
                assertThat(read(name, before, 16)).isEqualTo(name);
            }
            assertThat(read("abcdefghijklmnop", before, 16)).isNull();
            assertThat(read("abcdefghijklmnopqrstuvwxyz", before, 16)).isNull();
        }
    }

    @Test
    void reads_no_further_than_the_end() {
        for (int length = 0; length < 16; length++) {
            String name = "n".repeat(length);
            assertThat(read(name, 3, 15 - length)).isEqualTo(name);
            if (length < 15) {
                assertThat(read(name, 3, 14 - length)).isNull();
            }
        }
    }

    @Test
    void reads_names_at_the_end_of_a_text_in_a_longer_array() {
        for (int length = 0; length < 16; length++) {
            String name = "n".repeat(length);
            byte[] array = (name + "\"" + "left over\"".repeat(2)).getBytes(StandardCharsets.UTF_8);
            for (int end = 0; end <= length; end++) {
                assertThat(text(array, 0, end)).isNull();
            }
            assertThat(text(array, 0, length + 1)).isEqualTo(name);
        }
    }

    @Test
    void knows_a_name_by_each_of_its_letters_and_its_end() {
        for (int length = 0; length < 16; length++) {
            String text = "abcdefghijklmno".substring(0, length);
            Name name = cache.shortName((text + "\"" + " ".repeat(16)).getBytes(StandardCharsets.UTF_8), 0, 32);
            assertThat(name).isNotNull();
            for (int wrong = 0; wrong <= length; wrong++) {
                byte[] other = ("{" + text + "\"" + "?".repeat(16)).getBytes(StandardCharsets.UTF_8);
                assertThat(name.isAt(other, 1, other.length)).isTrue();
                other[1 + wrong] ^= 1;
                assertThat(name.isAt(other, 1, other.length)).isFalse();
                other[1 + wrong] ^= (byte) 0x81;
                assertThat(name.isAt(other, 1, other.length)).isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\", "\u0000", "\n", "\u001f", "\u0080", "é", "€"})
    void leaves_what_is_more_than_ascii_to_others(String special) {
        for (int at = 0; at < 12; at++) {
            assertThat(read("x".repeat(at) + special + "y")).isNull();
        }
    }

    @Test
    void tells_names_apart_and_makes_most_of_them_once() {
        List<String> names = IntStream.range(0, 100)
                .boxed()
                .flatMap(i -> Stream.of("n" + i, i + "n", "aLongName" + i, i + "LongName", "longName" + i))
                .toList();
        List<String> first = names.stream().map(this::read).toList();
        List<String> second = names.stream().map(this::read).toList();

        assertThat(first).isEqualTo(names);
        assertThat(second).isEqualTo(names);
        List<String> third = names.stream().map(this::read).toList();
        assertThat(IntStream.range(0, names.size())
                        .filter(i -> isSame(second.get(i), third.get(i)))
                        .count())
                .isGreaterThan(150);
    }

    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(String one, String other) {
        return one == other;
    }

    @Test
    void replaces_names_by_the_ten_thousand_without_mixing_them_up() {
        for (int i = 0; i < 10_000; i++) {
            String name = "name" + i * 7919;
            assertThat(read(name)).isEqualTo(name);
            assertThat(read(name)).isEqualTo(name).isSameAs(read(name));
        }
    }

    @Test
    void makes_a_name_once_whatever_follows_it() {
        fill();

        for (String name : List.of("", "n", "seven77", "eight888", "nine99999", "fifteenbytes123")) {
            byte[] json = (name + "\":1,\"otherMember\":2").getBytes(StandardCharsets.US_ASCII);

            assertThat(read(name)).isEqualTo(name).isSameAs(text(json, 0, json.length));
        }
    }

    @Test
    void shares_the_first_names_with_the_program_and_no_others() {
        assertThat(read("subject")).isSameAs("subject");

        fill();

        assertThat(read("stranger")).isEqualTo("stranger").isNotSameAs("stranger");
    }

    private void fill() {
        for (int i = 0; i < 20_000; i++) {
            read("filling" + i);
        }
    }
}
