package dev.signet.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A promise without a test is none: whether {@code SECURITY.md} makes any. */
class SecurityPromisesTest {
    private static final String PAGE = read(MarkedTest.ROOT.resolve("SECURITY.md"));
    private static final Pattern TRIES_SOMETHING =
            Pattern.compile("@(Test|ParameterizedTest|RepeatedTest|FuzzTest)\\b" + "|extends \\w+(Contract|Tests)\\b");

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The classes that hold tests, in whatever module. */
    private static Set<String> tests() {
        return MarkedTest.sources().stream()
                .filter(file -> TRIES_SOMETHING.matcher(read(file)).find())
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .collect(Collectors.toSet());
    }

    @Nested
    class The_security_page {

        @Test
        void names_a_test_for_each_promise() {
            assertThat(Promises.in(PAGE)).isNotEmpty();
            assertThat(Promises.withoutTest(PAGE)).isEmpty();
        }

        @Test
        void names_tests_that_there_are() {
            assertThat(Promises.unknown(PAGE, tests())).isEmpty();
        }

        @Test
        void guarantees_by_rows_only() {
            String guaranteed = Promises.section(PAGE, "Guaranteed");

            assertThat(Promises.in(guaranteed)).isNotEmpty();
            assertThat(guaranteed.lines().filter(line -> line.startsWith("|")))
                    .hasSize(Promises.in(guaranteed).size() + 2);
            assertThat(guaranteed.lines()).noneMatch(line -> line.matches("[-*\\d].*"));
        }
    }

    @Nested
    class What_is_noticed {
        private static final String TABLE = "| promise | test |\n| --- | --- |\n| It holds | %s |\n";

        private static String promise(String kept) {
            return String.format(TABLE, kept);
        }

        @Test
        void a_promise_with_a_test_is_fine() {
            String page = promise("`OneTest`, `OtherTest`");

            assertThat(Promises.in(page)).hasSize(1);
            assertThat(Promises.withoutTest(page)).isEmpty();
            assertThat(Promises.unknown(page, Set.of("OneTest", "OtherTest"))).isEmpty();
        }

        @Test
        void a_promise_without_a_test() {
            assertThat(Promises.withoutTest(promise(""))).hasSize(1);
            assertThat(Promises.withoutTest(promise("later"))).hasSize(1);
            assertThat(Promises.withoutTest(promise("`OneTest` and hope"))).hasSize(1);
            assertThat(Promises.withoutTest("| promise | test |\n| --- | --- |\n| It holds |\n"))
                    .hasSize(1);
        }

        @Test
        void a_test_that_is_not_there() {
            assertThat(Promises.unknown(promise("`OneTest`, `GoneTest`"), Set.of("OneTest")))
                    .containsExactly("GoneTest");
            assertThat(Promises.unknown("As `GoneTest` shows.", Set.of())).containsExactly("GoneTest");
        }

        @Test
        void a_table_of_something_else_is_none_of_promises() {
            assertThat(Promises.in("| use | algorithm |\n| --- | --- |\n| ids | random |\n"))
                    .isEmpty();
        }
    }
}
