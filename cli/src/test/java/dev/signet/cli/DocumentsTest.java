package dev.signet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documents say to click on, to type and to depend on. Their Java is code of tests in all modules: {@link Snippet}. */
class DocumentsTest {
    private static final Pattern ARTIFACT = Pattern.compile(
            "<groupId>dev\\.signet</groupId>\\s*<artifactId>([^<]+)</artifactId>\\s*<version>([^<]+)</version>");

    private static final Project PROJECT =
            Project.of(Path.of("..").toAbsolutePath().normalize());
    private static final Commands COMMANDS = new Commands(PROJECT);

    private List<Page> pages() throws IOException {
        List<Page> pages = PROJECT.pages();
        assertThat(pages).extracting(Page::toString).contains("README.md", "docs/README.md", "docs/deployment.md");
        return pages;
    }

    @Test
    void every_link_leads_to_a_file_and_heading_that_exist() throws IOException {
        assertThat(pages()).flatExtracting(Page::brokenLinks).isEmpty();
    }

    @Test
    void every_snippet_is_code_of_a_test() throws IOException {
        List<Snippet> shown = pages().stream().flatMap(Page::java).toList();
        List<Snippet> marked = PROJECT.snippets();
        assertThat(shown)
                .as("shown, but not marked in a test")
                .isNotEmpty()
                .filteredOn(snippet -> !snippet.isIn(marked))
                .isEmpty();
        assertThat(marked)
                .as("marked in a test, but not shown")
                .filteredOn(snippet -> !snippet.isIn(shown))
                .isEmpty();
    }

    @Test
    void every_command_can_be_typed() throws IOException {
        assertThat(pages())
                .flatExtracting(page -> page.commands().stream()
                        .flatMap(command ->
                                COMMANDS.faults(command).stream().map(fault -> page + ": `" + command + "`: " + fault))
                        .toList())
                .isEmpty();
    }

    @Test
    void every_artifact_to_depend_on_is_made_here() throws IOException {
        assertThat(pages())
                .flatExtracting(page -> ARTIFACT.matcher(page.text())
                        .results()
                        .filter(artifact -> !isMade(artifact))
                        .map(MatchResult::group)
                        .toList())
                .isEmpty();
    }

    private boolean isMade(MatchResult artifact) {
        return PROJECT.poms().contains("<artifactId>" + artifact.group(1) + "</artifactId>")
                && PROJECT.poms().contains("<version>" + artifact.group(2) + "</version>");
    }

    @Test
    void the_map_names_every_document() throws IOException {
        String map = PROJECT.page("docs/README.md").text();
        assertThat(pages())
                .extracting(Page::toString)
                .filteredOn(page -> page.matches("docs/[a-z-]+\\.md"))
                .allSatisfy(page -> assertThat(map).contains("(" + page.substring("docs/".length()) + ")"));
    }

    @Nested
    class A_fault_is_noticed {
        private static final String TEST = "// snippet: docs/x.md, port is 7070\nstart(port);\n"
                + "// not shown\nstop();\n// shown\n// end of snippet\n";

        private List<Snippet> shown(String code) {
            return new Page(PROJECT.root(), Path.of("docs/x.md"), "```java\n" + code + "\n```\n")
                    .java()
                    .toList();
        }

        private List<Snippet> marked(String test) {
            return Snippet.in(Path.of("XTest.java"), test).toList();
        }

        @Test
        void in_a_snippet() {
            assertThat(shown("start(7070);")).allMatch(snippet -> snippet.isIn(marked(TEST)));
            assertThat(shown("start(7071);")).noneMatch(snippet -> snippet.isIn(marked(TEST)));
            assertThat(shown("stop();")).noneMatch(snippet -> snippet.isIn(marked(TEST)));
            assertThat(shown("start(7070);")).noneMatch(snippet -> snippet.isIn(marked(TEST.replace("x.md", "y.md"))));
        }

        @Test
        void in_the_mark_of_a_snippet() {
            assertThat(marked(TEST.replace("end of", "end"))).noneMatch(snippet -> snippet.isIn(shown("start(7070);")));
            assertThat(marked(TEST.replace(" is 7070", ""))).noneMatch(snippet -> snippet.isIn(shown("start(7070);")));
        }

        @ParameterizedTest
        @ValueSource(strings = {"faq.md", "[a](faq.md#keys)", "[a](no-such.md)", "[a](../nowhere)", "[a](#none)"})
        void in_a_link(String text) {
            Page page = new Page(PROJECT.root(), Path.of("docs/x.md"), "# Keys\n" + text + "\n");
            assertThat(page.brokenLinks()).hasSize(text.startsWith("[") ? 1 : 0);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "mnv verify",
                    "(umask 077; printf 'a key of mine' > keys.jwks)",
                    "mvn -pl cor test",
                    "mvn -Pnone package",
                    "mvn tset",
                    "mvn spotles:apply",
                    "mvn test -Dtest=NoSuchTest",
                    "mvn -pl cli test -Dtest=ArchitectureTest",
                    "mvn test -Dsignet.nothing=1",
                    "mvn exec:java -Dexec.mainClass=dev.signet.None",
                    "mvn --offlin test",
                    "signet keys rotat",
                    "signet keys rotate --on 2m",
                    "signet inspekt",
                    "java -jar cli/target/signet.jar keys --lst",
                    "benchmarks/rnu quick",
                    "benchmarks/run quik",
                    "trials/run faults --fault 3",
                    "fuzzing/run 10m 'NoTest#nothing'"
                })
        void in_a_command(String command) {
            assertThat(COMMANDS.faults(command)).isNotEmpty();
        }
    }
}
