package dev.signet.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of Markdown.
 *
 * @param file relative to the root
 */
record Page(Path root, Path file, String text) {
    private static final Pattern FENCED =
            Pattern.compile("^```([a-z]*)\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern SPAN = Pattern.compile("`([^`]+)`");
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("^#{1,6} (.+)$", Pattern.MULTILINE);
    private static final Pattern COMMAND = Pattern.compile(
            "(mvn|signet|java -jar cli/target/signet\\.jar|bash \\.ci/[a-z]+|(benchmarks|consumer|fuzzing|trials|\\.ci)/[a-z]+)( .*)?");

    private String prose() {
        return FENCED.matcher(text).replaceAll("");
    }

    /** The Java that is shown here. */
    Stream<Snippet> java() {
        return FENCED.matcher(text)
                .results()
                .filter(block -> block.group(1).equals("java"))
                .map(block -> new Snippet(file, toString(), Snippet.dense(block.group(2))));
    }

    /** Links within this project that lead to no file, or to no heading of it. */
    List<String> brokenLinks() {
        return LINK.matcher(SPAN.matcher(prose()).replaceAll("code"))
                .results()
                .map(link -> link.group(1))
                .filter(link -> !link.matches("[a-z]+:.*") && !leadsSomewhere(link))
                .map(link -> file + ": " + link)
                .toList();
    }

    private boolean leadsSomewhere(String link) {
        int hash = link.indexOf('#');
        String path = hash < 0 ? link : link.substring(0, hash);
        Path target = path.isEmpty() ? file : file.resolveSibling(path).normalize();
        if (!path.isEmpty() && !Files.exists(root.resolve(target))) {
            return false;
        }
        if (hash < 0) {
            return true;
        }
        Page page = path.isEmpty() ? this : new Page(root, target, Project.read(root.resolve(target)));
        return page.anchors().contains(link.substring(hash + 1));
    }

    /** What links to headings call them: lower case, hyphens for spaces, no punctuation; a repeated one is numbered. */
    private List<String> anchors() {
        List<String> anchors = new ArrayList<>();
        HEADING.matcher(prose()).results().map(Page::anchor).forEach(anchor -> {
            long before = anchors.stream().filter(anchor::equals).count();
            anchors.add(before == 0 ? anchor : anchor + "-" + before);
        });
        return anchors;
    }

    private static String anchor(MatchResult heading) {
        return LINK.matcher(heading.group(1))
                .replaceAll(link -> link.group().replaceAll("[\\[\\]]|\\(.*", ""))
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .strip()
                .replace(' ', '-');
    }

    /** What a reader can type: each line of {@code sh}, and what looks like a command of ours in other blocks and within a sentence. */
    List<String> commands() {
        List<String> commands = new ArrayList<>();
        FENCED.matcher(text).results().forEach(block -> {
            Stream<String> lines = block.group(2).replace("\\\n", " ").lines().map(String::strip);
            boolean shell = block.group(1).equals("sh");
            lines.filter(line -> shell ? !line.isEmpty() : block.group(1).isEmpty() && isCommand(line))
                    .forEach(commands::add);
        });
        SPAN.matcher(prose())
                .results()
                .map(span -> span.group(1).replace('\n', ' '))
                .filter(this::isCommand)
                .forEach(commands::add);
        return commands;
    }

    private boolean isCommand(String line) {
        return COMMAND.matcher(line).matches() && !isFolder(line);
    }

    private boolean isFolder(String line) {
        return line.endsWith("/target") || Files.isDirectory(root.resolve(line));
    }

    @Override
    public String toString() {
        return file.toString().replace('\\', '/');
    }
}
