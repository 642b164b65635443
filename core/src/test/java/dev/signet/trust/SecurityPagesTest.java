package dev.signet.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The pages that say which test keeps each security requirement and which tries each known attack: made of two lists and of the marks in the tests of all
 * modules. With {@code -Dsignet.pages=write} they are written instead of compared.
 */
class SecurityPagesTest {
    private static final Path DOCS = MarkedTest.ROOT.resolve("docs");
    private static final List<MarkedTest> MARKED = MarkedTest.all();
    private static final List<Decision> DECISIONS = Decision.all();
    private static final List<String> REQUIREMENTS = lines("requirements.txt");
    private static final List<String> ATTACKS = lines("attacks.txt");

    private static final String REQUIREMENTS_HEAD = """
            # Security requirements

            What Signet promises, and the tests that keep it; where it was decided otherwise, the record says why. Made of the marks in the tests by
            `mvn -q -pl core test -Dtest=SecurityPagesTest -Dsignet.pages=write`; `mvn verify` fails where it is not up to date.
            """;

    private static final String ATTACKS_HEAD = """
            # Known attacks

            Each was tried, and the outcome is what the tests insist on. *Refused*: nobody is signed in, all answers look the same, nothing is thrown. Made
            of the marks in the tests by `mvn -q -pl core test -Dtest=SecurityPagesTest -Dsignet.pages=write`; `mvn verify` fails where it is not up to date.
            """;

    private static List<String> lines(String list) {
        try (InputStream in = Objects.requireNonNull(SecurityPagesTest.class.getResourceAsStream(list), list)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String idOf(String line) {
        return line.substring(0, line.indexOf('|')).strip();
    }

    private static List<String> ids(List<String> lines) {
        return lines.stream()
                .filter(line -> !line.startsWith("#"))
                .map(SecurityPagesTest::idOf)
                .toList();
    }

    /** A table for each part of the list, with what stands behind each of its lines. */
    private static String page(String head, List<String> lines, String columns, UnaryOperator<String> behind) {
        String rule = columns.replaceAll("[^|]+", "---");
        StringBuilder page = new StringBuilder(head);
        for (String line : lines) {
            page.append(
                    line.startsWith("#")
                            ? "\n#" + line + "\n\n" + columns + "\n" + rule + "\n"
                            : "| " + line + " | " + behind.apply(idOf(line)) + " |\n");
        }
        return page.toString();
    }

    private static String requirements() {
        return page(REQUIREMENTS_HEAD, REQUIREMENTS, "| id | promise | kept by |", SecurityPagesTest::keptBy);
    }

    private static String attacks() {
        return page(
                ATTACKS_HEAD,
                ATTACKS,
                "| no. | attack | outcome | tried by |",
                number -> MarkedTest.named(MARKED, number));
    }

    private static String keptBy(String id) {
        Stream<String> decided = DECISIONS.stream()
                .filter(decision -> decision.ids().contains(id))
                .map(Decision::link);
        return Stream.concat(Stream.of(MarkedTest.named(MARKED, id)), decided)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("<br>"));
    }

    private static void assertUpToDate(String name, String page) throws IOException {
        Path file = DOCS.resolve(name);
        if ("write".equals(System.getProperty("signet.pages"))) {
            Files.writeString(file, page);
        }
        assertThat(Files.exists(file) && Files.readString(file).equals(page))
                .as("docs/%s is up to date; -Dsignet.pages=write makes it anew", name)
                .isTrue();
    }

    @Test
    void the_page_of_requirements_is_up_to_date() throws IOException {
        assertUpToDate("security-requirements.md", requirements());
    }

    @Test
    void the_page_of_attacks_is_up_to_date() throws IOException {
        assertUpToDate("attacks.md", attacks());
    }

    @Test
    void every_requirement_is_kept_or_declined() {
        assertThat(ids(REQUIREMENTS)).doesNotHaveDuplicates();
        assertThat(ids(REQUIREMENTS)).filteredOn(id -> keptBy(id).isEmpty()).isEmpty();
    }

    @Test
    void a_requirement_that_is_kept_otherwise_than_usual_is_kept() {
        assertThat(DECISIONS.stream()
                        .filter(decision -> !decision.declines())
                        .flatMap(decision -> decision.ids().stream()))
                .filteredOn(id -> MarkedTest.named(MARKED, id).isEmpty())
                .isEmpty();
    }

    @Test
    void every_attack_is_tried() {
        assertThat(ids(ATTACKS)).doesNotHaveDuplicates();
        assertThat(ids(ATTACKS))
                .filteredOn(number -> MarkedTest.named(MARKED, number).isEmpty())
                .isEmpty();
    }

    @Test
    void marks_and_decisions_name_what_there_is() {
        Set<String> known = new TreeSet<>(ids(REQUIREMENTS));
        known.addAll(ids(ATTACKS));

        assertThat(MARKED.stream().flatMap(test -> test.marks().stream()))
                .isNotEmpty()
                .isSubsetOf(known);
        assertThat(DECISIONS.stream().flatMap(decision -> decision.ids().stream()))
                .isNotEmpty()
                .isSubsetOf(known);
    }
}
