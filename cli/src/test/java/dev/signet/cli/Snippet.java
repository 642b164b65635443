package dev.signet.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Java that a page of Markdown shows, in the page or in the test that it is code of.
 *
 * <p>In a test it lies between {@code // snippet: docs/recipes.md} and {@code // end of snippet}, without what lies between {@code // not shown} and
 * {@code // shown}. After {@code // snippet: docs/recipes.md, port is 7070} the page has {@code 7070} where the test has {@code port}. Spaces and line
 * breaks do not count.
 *
 * @param file where it is, relative to the root
 * @param page which page shows it
 * @param code without spaces and line breaks
 */
record Snippet(Path file, String page, String code) {
    private static final Pattern MARKED = Pattern.compile(
            "^ *// snippet: (\\S+\\.md)((?:, \\w+ is [^\n]+?)*)$(.*?)^ *// end of snippet$",
            Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern BEGUN = Pattern.compile("^ *// snippet: ", Pattern.MULTILINE);
    private static final Pattern LEFT_OUT =
            Pattern.compile("^ *// not shown$.*?^ *// shown$", Pattern.DOTALL | Pattern.MULTILINE);

    /** What a file of Java has marked; if a mark is misspelled or has no end, one that no page shows. */
    static Stream<Snippet> in(Path file, String text) {
        List<Snippet> marked = MARKED.matcher(text)
                .results()
                .map(found -> new Snippet(file, found.group(1), code(found)))
                .toList();
        long begun = BEGUN.matcher(text).results().count();
        Snippet wrong = new Snippet(file, "misspelled or without an end", "");
        return begun == marked.size() ? marked.stream() : Stream.of(wrong);
    }

    private static String code(MatchResult found) {
        String code = LEFT_OUT.matcher(found.group(3)).replaceAll("");
        for (String word : found.group(2).split(", (?=\\w+ is )")) {
            String[] shown = word.split(" is ", 2);
            code = word.isEmpty()
                    ? code
                    : code.replaceAll("\\b" + shown[0] + "\\b", Matcher.quoteReplacement(shown[1]));
        }
        return dense(code);
    }

    /** Code without spaces and line breaks. */
    static String dense(String code) {
        return code.replaceAll("\\s", "");
    }

    boolean isIn(List<Snippet> others) {
        return others.stream().anyMatch(other -> other.page.equals(page) && other.code.equals(code));
    }

    @Override
    public String toString() {
        return file + ": " + code.substring(0, Math.min(60, code.length()));
    }
}
