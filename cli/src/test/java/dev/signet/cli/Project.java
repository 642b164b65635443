package dev.signet.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files of this project, without what is built.
 *
 * @param files relative to the root
 * @param poms the text of every {@code pom.xml}
 * @param code the text of every Java file
 */
record Project(Path root, List<Path> files, String poms, String code) {
    private static final Set<String> LEFT_OUT = Set.of("target", ".git", ".cifuzz-corpus");

    static Project of(Path root) {
        List<Path> files = list(root);
        return new Project(
                root,
                files,
                joined(root, files, file -> file.endsWith("pom.xml")),
                joined(root, files, file -> file.toString().endsWith(".java")));
    }

    private static List<Path> list(Path root) {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .map(root::relativize)
                    .filter(Project::belongs)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean belongs(Path file) {
        for (Path part : file) {
            if (LEFT_OUT.contains(part.toString())) {
                return false;
            }
        }
        return true;
    }

    private static String joined(Path root, List<Path> files, Predicate<Path> which) {
        return files.stream()
                .filter(which)
                .map(file -> read(root.resolve(file)))
                .collect(Collectors.joining("\n"));
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Page> pages() {
        return files.stream()
                .filter(file -> file.toString().endsWith(".md"))
                .map(file -> page(file.toString()))
                .toList();
    }

    Page page(String file) {
        return new Page(root, Path.of(file), read(root.resolve(file)));
    }

    /** Code of tests that pages show. */
    List<Snippet> snippets() {
        return files.stream()
                .filter(file ->
                        file.toString().endsWith(".java") && file.toString().contains("src/test/"))
                .flatMap(file -> Snippet.in(file, read(root.resolve(file))))
                .toList();
    }

    Set<String> inPoms(String pattern) {
        return Pattern.compile(pattern, Pattern.DOTALL)
                .matcher(poms)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    /** Whether there is a Java file of a class whose name, without its package, fits this pattern of {@code -Dtest}. */
    boolean hasTest(String pattern, List<String> modules) {
        Pattern name = Pattern.compile(pattern.replace("*", ".*") + "\\.java");
        return files.stream()
                .filter(file ->
                        modules.isEmpty() || modules.contains(file.getName(0).toString()))
                .filter(file -> file.toString().contains("src/test/"))
                .anyMatch(file -> name.matcher(file.getFileName().toString()).matches());
    }

    boolean hasClass(String name) {
        return files.stream().anyMatch(file -> file.endsWith(name.replace('.', '/') + ".java"));
    }
}
