package dev.signet.trust;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A test, or a class of tests, with the marks that its source says, in whatever module.
 *
 * @param source the file, from the project's root
 * @param name the classes around it and its own name, with dots
 * @param marks such as {@code S5} for a requirement and {@code 17} for an attack
 */
record MarkedTest(Path source, String name, Set<String> marks) {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern DECLARATION = Pattern.compile("( *)(?:(?:final|static|abstract|public) )*"
            + "(?:(?<kind>class|interface|record|enum) (?<type>\\w+)|[\\w<>\\[\\], ]+ (?<method>\\w+)\\().*");
    private static final Pattern MARK = Pattern.compile("\"(\\w+)\"|\\b(\\d+)\\b");

    /** The tests of all modules that have marks, in the order of their files. */
    static List<MarkedTest> all() {
        return sources().stream().flatMap(file -> in(file).stream()).toList();
    }

    /** The sources of the tests of all modules, in order. */
    static List<Path> sources() {
        try (Stream<Path> modules = Files.list(ROOT)) {
            return modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .flatMap(MarkedTest::sourcesIn)
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Stream<Path> sourcesIn(Path folder) {
        try {
            return Files.walk(folder).filter(file -> file.toString().endsWith(".java"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<MarkedTest> in(Path file) {
        List<MarkedTest> found = new ArrayList<>();
        List<String> around = new ArrayList<>();
        Set<String> marks = new TreeSet<>();
        StringBuilder annotation = new StringBuilder();
        for (String line : lines(file)) {
            if (line.strip().startsWith("@Keeps(") || line.strip().startsWith("@Tries(") || !annotation.isEmpty()) {
                annotation.append(line.strip());
                if (line.endsWith(")")) {
                    marksIn(annotation.toString()).forEach(marks::add);
                    annotation.setLength(0);
                }
                continue;
            }
            Matcher declaration = DECLARATION.matcher(line);
            if (declaration.matches() && (declaration.group("type") != null || !marks.isEmpty())) {
                int depth = declaration.group(1).length() / 4;
                String type = declaration.group("type");
                around.subList(Math.min(depth, around.size()), around.size()).clear();
                around.add(type != null ? type : declaration.group("method"));
                if (!marks.isEmpty()) {
                    found.add(new MarkedTest(ROOT.relativize(file), String.join(".", around), Set.copyOf(marks)));
                    marks.clear();
                }
            }
        }
        if (!marks.isEmpty()) {
            throw new IllegalStateException(file + ": the marks " + marks + " belong to nothing");
        }
        return found;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Stream<String> marksIn(String annotation) {
        return MARK.matcher(annotation)
                .results()
                .map(mark -> Optional.ofNullable(mark.group(1)).orElse(mark.group(2)));
    }

    /** What a page says of those tests that have this mark: each file once, with the names in it. */
    static String named(List<MarkedTest> all, String mark) {
        return all.stream()
                .filter(test -> test.marks().contains(mark))
                .collect(Collectors.groupingBy(MarkedTest::source, LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(MarkedTest::link)
                .collect(Collectors.joining("<br>"));
    }

    private static String link(List<MarkedTest> ofOneFile) {
        String file = ofOneFile.get(0).source().toString().replace('\\', '/');
        String type = ofOneFile.get(0).name().split("\\.")[0];
        String inside = ofOneFile.stream()
                .map(MarkedTest::name)
                .filter(name -> !name.equals(type))
                .map(name -> " `" + name.substring(type.length() + 1) + "`")
                .collect(Collectors.joining(","));
        return "[" + type + "](../" + file + ")" + inside;
    }
}
