package dev.signet.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UniqueNamesTest {
    /** The same for all, so that each also stands where another stopped. */
    private final UniqueNames place = new UniqueNames();

    private boolean refuses(List<List<String>> objects) {
        UniqueNames around = place.again().inside(UniqueNames.ARRAY);
        try {
            for (List<String> names : objects) {
                UniqueNames object = around.inside(UniqueNames.OBJECT);
                for (String name : names) {
                    object.setCurrentName(name);
                }
            }
            return false;
        } catch (JsonProcessingException twice) {
            return true;
        } finally {
            place.letGo();
        }
    }

    private static boolean anyTwice(List<List<String>> objects) {
        return objects.stream().anyMatch(names -> new HashSet<>(names).size() < names.size());
    }

    private void assertSame(List<List<String>> objects) {
        assertThat(refuses(objects)).as("%s", objects).isEqualTo(anyTwice(objects));
    }

    private static List<List<String>> upToThreeOf(List<String> names) {
        List<List<String>> all = new ArrayList<>(List.of(List.of()));
        for (int i = 0; i < all.size(); i++) {
            List<String> shorter = all.get(i);
            if (shorter.size() < 3) {
                for (String name : names) {
                    List<String> longer = new ArrayList<>(shorter);
                    longer.add(name);
                    all.add(longer);
                }
            }
        }
        return all;
    }

    private static void forEachThree(List<List<String>> objects, Consumer<List<List<String>>> test) {
        for (List<String> first : objects) {
            for (List<String> second : objects) {
                for (List<String> third : objects) {
                    test.accept(List.of(first, second, third));
                }
            }
        }
    }

    @Test
    void finds_a_name_twice_in_one_of_three_objects_whatever_came_before() {
        forEachThree(upToThreeOf(List.of("a", "b", "c")), this::assertSame);
    }

    /** All names that a parser finds in such objects; null where it refuses one. The array is longer than its text, so that each name may be read eight bytes at once. */
    private @Nullable List<List<String>> parsed(List<List<String>> objects) {
        String text = objects.stream()
                .map(names ->
                        names.stream().map(name -> "\"" + name + "\":1").collect(Collectors.joining(",", "{", "}")))
                .collect(Collectors.joining(",", "{\"of\":[", "]}"));
        byte[] json = (text + "\":left over\":").getBytes(StandardCharsets.US_ASCII);
        try {
            return StrictJson.read(json, text.length(), place, (in, source) -> {
                List<List<String>> found = new ArrayList<>();
                for (JsonToken token = in.nextToken(); token != JsonToken.END_ARRAY; token = in.nextToken()) {
                    if (token == JsonToken.START_OBJECT
                            && in.getParsingContext().getNestingDepth() == 3) {
                        List<String> names = new ArrayList<>();
                        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
                            names.add(name);
                            in.nextToken();
                        }
                        found.add(names);
                    }
                }
                in.nextToken();
                return found;
            });
        } catch (IOException twice) {
            return null;
        }
    }

    @Test
    void reads_the_names_of_three_objects_whatever_came_before() {
        forEachThree(
                upToThreeOf(List.of("a", "ab", "longerThanEight")),
                all -> assertThat(parsed(all)).isEqualTo(anyTwice(all) ? null : all));
    }

    /** The same text in another object, as where a name is not remembered. */
    @Test
    @SuppressWarnings("StringOperationCanBeSimplified")
    void knows_names_by_what_they_say() {
        List<String> others = List.of(new String("a"), new String("b"));
        assertSame(List.of(List.of("a", "b"), others, others));
        assertSame(List.of(List.of("a", "b"), List.of("a", "b", new String("a"))));
        assertSame(List.of(List.of("a", "b"), List.of("a", new String("a"))));
    }

    @Test
    void finds_a_name_twice_among_many_after_an_object_like_it() {
        List<String> many = IntStream.range(0, 70).mapToObj(i -> "n" + i).toList();
        for (int again : new int[] {0, 63, 64, 69}) {
            List<String> twice = new ArrayList<>(many);
            twice.add(many.get(again));
            assertThat(refuses(List.of(many, many, twice))).as("n%s", again).isTrue();
        }
        assertThat(refuses(List.of(many, many, many))).isFalse();
    }

    @Test
    void keeps_no_name_and_no_value_where_it_stood() throws JsonProcessingException {
        UniqueNames object = place.again().inside(UniqueNames.OBJECT);
        object.setCurrentName("secret");
        object.setCurrentValue("of hers");
        place.letGo();
        assertThat(object.getCurrentName()).isNull();
        assertThat(object.getCurrentValue()).isNull();
    }
}
