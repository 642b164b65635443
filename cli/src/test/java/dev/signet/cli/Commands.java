package dev.signet.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Looks whether commands name what there is: modules, profiles, goals, tests, properties, scripts, sub-commands, options. */
final class Commands {
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|((?:[^\\s\"']|\"[^\"]*\"|'[^']*')+)");
    private static final Pattern MAKES_A_KEY = Pattern.compile("\\(umask 077; (.*) > keys\\.jwks\\)");

    private static final Set<String> PHASES =
            Set.of("clean", "compile", "process-classes", "test-compile", "test", "package", "verify", "install");
    private static final Set<String> SWITCHES = Set.of("-q", "-am", "-B", "-ntp", "-N", "-o", "-e", "-U");
    /** Properties of Maven's own plugins, and those of this list that are looked at more closely. */
    private static final Set<String> PLUGINS_OWN = Set.of(
            "skipTests",
            "test",
            "exec.skip",
            "exec.args",
            "exec.mainClass",
            "exec.classpathScope",
            "surefire.failIfNoSpecifiedTests",
            "altDeploymentRepository",
            "targetClasses",
            "targetTests",
            "timeoutConst");

    private final Project project;
    private final CommandLine signet = new Terminal().line();

    Commands(Project project) {
        this.project = project;
    }

    /** What is wrong with a command, in words; nothing if it can be typed. */
    List<String> faults(String command) {
        Matcher key = MAKES_A_KEY.matcher(command);
        if (key.matches()) {
            return missing("test that types", Stream.of(key.group(1)), this::isTyped)
                    .toList();
        }
        List<String> words = words(command);
        if (words.get(0).equals("mvn")) {
            return maven(words.subList(1, words.size()));
        } else if (words.get(0).equals("signet")) {
            return signet(words.subList(1, words.size()));
        } else if (words.get(0).equals("java")) {
            return signet(words.subList(3, words.size()));
        }
        return script(words.get(0).equals("bash") ? words.subList(1, words.size()) : words);
    }

    private boolean isTyped(String line) {
        Path typing = project.root().resolve("core/src/test/java/dev/signet/keys/KeySourceTest.java");
        return Project.read(typing).contains(line.replace("\\", "\\\\").replace("\"", "\\\""));
    }

    /** The words up to a comment, a redirection or the next command; brackets around what can be left out are removed. */
    private static List<String> words(String command) {
        List<String> words = new ArrayList<>();
        for (String word :
                WORD.matcher(command).results().map(MatchResult::group).toList()) {
            if (word.startsWith("#") || Set.of("<", ">", "|", "&&", ";").contains(word)) {
                break;
            }
            String plain = word.replaceAll("[\\[\\]\"']|\\.\\.\\.$", "");
            if (!plain.isEmpty() && !plain.equals("…")) {
                words.add(plain);
            }
        }
        return words;
    }

    private List<String> maven(List<String> words) {
        int at = words.indexOf("-pl");
        List<String> modules = at < 0 ? List.of() : List.of(words.get(at + 1).split(","));
        List<String> tested = words.contains("-am") ? List.of() : modules;
        List<String> others = new ArrayList<>(words);
        if (at >= 0) {
            others.subList(at, at + 2).clear();
        }
        return Stream.concat(
                        missing("module", modules.stream(), project.inPoms("<module>([^<]+)</module>")::contains),
                        others.stream().flatMap(word -> maven(word, tested)))
                .toList();
    }

    private Stream<String> maven(String word, List<String> tested) {
        if (word.startsWith("-P")) {
            return missing("profile", listed(word, "-P"), project.inPoms("<profile>.*?<id>([^<]+)</id>")::contains);
        } else if (word.startsWith("-Dtest=")) {
            return missing(
                    "test", listed(word.replaceAll("#.*", ""), "-Dtest="), test -> project.hasTest(test, tested));
        } else if (word.startsWith("-D")) {
            return missing("use of the property", Stream.of(word.substring(2)), this::isProperty);
        } else if (word.startsWith("-")) {
            return missing("option", Stream.of(word), SWITCHES::contains);
        }
        return missing("phase or goal", Stream.of(word), this::isGoal);
    }

    private static Stream<String> listed(String word, String option) {
        return Arrays.stream(word.substring(option.length()).split(","));
    }

    private static Stream<String> missing(String what, Stream<String> names, Predicate<String> exists) {
        return names.filter(exists.negate()).map(name -> "there is no " + what + " " + name);
    }

    private boolean isProperty(String definition) {
        String name = definition.replaceAll("=.*", "");
        String value = definition.substring(Math.min(definition.length(), name.length() + 1));
        if (name.equals("exec.mainClass")) {
            return project.hasClass(value);
        } else if (name.equals("exec.args")) {
            return signet(List.of(value.split(" "))).isEmpty();
        }
        return PLUGINS_OWN.contains(name)
                || project.code().contains("\"" + name + "\"")
                || project.poms().contains("<name>" + name + "</name>")
                || project.poms().contains("${" + name + "}");
    }

    private boolean isGoal(String word) {
        String[] parts = word.split(":");
        if (parts.length == 1) {
            return PHASES.contains(word);
        }
        Set<String> plugins = project.inPoms("<artifactId>([^<]+)</artifactId>");
        return parts.length == 2
                ? plugins.contains(parts[0] + "-maven-plugin") || plugins.contains("maven-" + parts[0] + "-plugin")
                : plugins.contains(parts[1]);
    }

    private List<String> signet(List<String> words) {
        List<String> faults = new ArrayList<>();
        CommandLine command = signet;
        for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
            String word = rest.next();
            CommandLine sub = command.getSubcommands().get(word);
            if (sub != null) {
                command = sub;
            } else if (word.startsWith("-")) {
                OptionSpec option = command.getCommandSpec().findOption(word);
                if (option == null) {
                    faults.add("there is no option " + word);
                }
                skip(rest, option == null ? 0 : option.arity().max());
            } else if (command.getCommandSpec().positionalParameters().isEmpty()) {
                faults.add("there is no sub-command or place for " + word);
            }
        }
        return faults;
    }

    private static void skip(Iterator<String> rest, int values) {
        for (int i = 0; i < values && rest.hasNext(); i++) {
            rest.next();
        }
    }

    private List<String> script(List<String> words) {
        Path script = project.root().resolve(words.get(0));
        if (!Files.isExecutable(script) || Files.isDirectory(script)) {
            return List.of("there is no script " + words.get(0));
        }
        Set<String> usage = usage(script);
        return words.stream()
                .skip(1)
                .flatMap(word -> Arrays.stream(word.split("[|,]")))
                .filter(word -> !word.matches("[0-9]+[smh]?|[A-Z]+") && !usage.contains(word) && !isTarget(word))
                .map(word -> "the usage of " + words.get(0) + " does not name " + word)
                .toList();
    }

    /** The words of the comment that a script begins with. */
    private static Set<String> usage(Path script) {
        return Project.read(script)
                .lines()
                .skip(1)
                .takeWhile(line -> line.startsWith("#"))
                .flatMap(line -> Arrays.stream(line.split("[^A-Za-z0-9./-]+")))
                .collect(Collectors.toSet());
    }

    /** Whether this is a test to fuzz, {@code Class#method}. */
    private boolean isTarget(String word) {
        String[] parts = word.split("#");
        return parts.length == 2
                && project.hasTest(parts[0], List.of("fuzzing"))
                && project.code().contains("void " + parts[1] + "(");
    }
}
