package dev.signet;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import dev.signet.keys.KeySource;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The arrows between the packages of core. {@code dev.signet.broken} is a small core that breaks each rule once, so that the rules are seen to bite. */
class ArchitectureTest {

    private static final String ROOT = "dev.signet";
    private static final String BROKEN = "dev.signet.broken";

    /** Every package of core below the root, and the packages of core that its classes may name. A new package is added here. */
    private static final Map<String, Set<String>> ARROWS = Map.of(
            ".http", Set.of(""),
            "", Set.of(".token", ".revocation", ".keys"),
            ".token", Set.of(".keys"),
            ".revocation", Set.of(),
            ".keys", Set.of());

    /** Who may name a library that must stay replaceable. */
    private static final Map<String, Set<String>> LIBRARIES = Map.of(
            "com.nimbusds", Set.of(".token", ".keys"),
            "com.fasterxml", Set.of("", ".token", ".keys"));

    private static final JavaClasses CORE = new ClassFileImporter().importPath(coreClasses());
    private static final JavaClasses BROKEN_CORE = new ClassFileImporter().importPackages(BROKEN);

    @Nested
    class Core {

        @Test
        void is_seen() {
            assertThat(CORE.contain(KeySource.class)).isTrue();
            assertThat(exportedPackages()).contains("dev.signet.keys").doesNotContain("dev.signet.token");
        }

        @Test
        void follows_the_arrows() {
            followsTheArrows(ROOT).check(CORE);
        }

        @Test
        void names_nimbus_and_jackson_only_where_they_are_wrapped() {
            namesLibrariesWhereTheyAreWrapped(ROOT).check(CORE);
        }

        @Test
        void has_no_package_cycle() {
            hasNoPackageCycle().check(CORE);
        }

        /** Java serialization: nothing reads it, and of ours only exceptions, enums and one map could be written. */
        @Test
        @Tries(57)
        void neither_reads_nor_writes_serialized_objects() {
            assertThat(CORE.stream().flatMap(one -> one.getDirectDependenciesFromSelf().stream()))
                    .noneMatch(to -> to.getTargetClass().isEquivalentTo(ObjectInputStream.class))
                    .noneMatch(to -> to.getTargetClass().isEquivalentTo(ObjectOutputStream.class));
            assertThat(CORE.stream()
                            .filter(one -> one.isAssignableTo(Serializable.class))
                            .filter(one -> !one.isAssignableTo(Throwable.class) && !one.isEnum())
                            .filter(one -> !one.isAssignableTo(Map.class)))
                    .isEmpty();
        }

        @Test
        void exports_no_library_type() {
            exportsNoLibraryType(exportedPackages()).check(CORE);
        }
    }

    @Nested
    class A_core_that_breaks_the_rules {

        @Test
        void is_caught_when_it_leaves_the_arrows() {
            assertThat(violations(followsTheArrows(BROKEN)))
                    .containsExactlyInAnyOrder(
                            "broken.keys.ReachesUp names broken.token.Codec",
                            "broken.http.ReachesPast names broken.token.Codec",
                            "broken.http.AsksTheReplica names broken.revocation.Replica",
                            "broken.stray.Stray lies in a package that is not in the table of arrows");
        }

        @Test
        void is_caught_when_it_names_a_library_elsewhere() {
            assertThat(violations(namesLibrariesWhereTheyAreWrapped(BROKEN)))
                    .containsExactlyInAnyOrder(
                            "broken.http.ShowsLibraries names com.nimbusds.jose.JOSEObject",
                            "broken.http.ShowsLibraries names com.nimbusds.jose.JWEObject",
                            "broken.http.ShowsLibraries names com.nimbusds.jose.JOSEException",
                            "broken.http.ShowsLibraries names com.fasterxml.jackson.databind.JsonNode",
                            "broken.http.ShowsLibraries names com.fasterxml.jackson.core.JsonFactory");
        }

        @Test
        void is_caught_with_a_package_cycle() {
            assertThat(violations(hasNoPackageCycle()))
                    .singleElement()
                    .asString()
                    .contains("Cycle detected", "broken.keys", "broken.token");
        }

        @Test
        void is_caught_when_it_exports_a_library_type() {
            assertThat(violations(exportsNoLibraryType(Set.of(BROKEN + ".http"))))
                    .containsExactlyInAnyOrder(
                            "broken.http.ShowsLibraries shows com.nimbusds.jose.JOSEObject",
                            "broken.http.ShowsLibraries.tokens shows com.nimbusds.jose.JWEObject",
                            "broken.http.ShowsLibraries.check shows com.nimbusds.jose.JOSEException",
                            "broken.http.ShowsLibraries.tree shows com.fasterxml.jackson.databind.JsonNode");
        }

        private List<String> violations(ArchRule rule) {
            return rule.evaluate(BROKEN_CORE).getFailureReport().getDetails().stream()
                    .map(detail -> detail.replace(BROKEN, "broken"))
                    .toList();
        }
    }

    private static ArchRule followsTheArrows(String root) {
        return classes().should(condition("follow the arrows", type -> {
            Set<String> allowed = ARROWS.get(packageBelow(root, type));
            if (allowed == null) {
                return Stream.of(" lies in a package that is not in the table of arrows");
            }
            return named(type)
                    .filter(other ->
                            isBelow(root, other) && !other.getPackageName().equals(type.getPackageName()))
                    .filter(other -> !allowed.contains(packageBelow(root, other)))
                    .filter(other -> !isRevocationExceptionForHttp(root, type, other))
                    .map(other -> " names " + other.getName());
        }));
    }

    private static boolean isRevocationExceptionForHttp(String root, JavaClass from, JavaClass to) {
        return packageBelow(root, from).equals(".http")
                && packageBelow(root, to).equals(".revocation")
                && to.isAssignableTo(Throwable.class);
    }

    private static ArchRule namesLibrariesWhereTheyAreWrapped(String root) {
        return classes()
                .should(condition(
                        "name libraries only where they are wrapped",
                        type -> named(type)
                                .filter(other -> libraryOf(other)
                                        .filter(library ->
                                                !LIBRARIES.get(library).contains(packageBelow(root, type)))
                                        .isPresent())
                                .map(other -> " names " + other.getName())));
    }

    private static ArchRule hasNoPackageCycle() {
        return slices().assignedFrom(new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass type) {
                        return SliceIdentifier.of(type.getPackageName());
                    }

                    @Override
                    public String getDescription() {
                        return "packages";
                    }
                })
                .should()
                .beFreeOfCycles();
    }

    private static ArchRule exportsNoLibraryType(Set<String> exported) {
        return classes()
                .should(condition(
                        "export no library type",
                        type -> exported.contains(type.getPackageName()) && isVisible(type)
                                ? shown(type)
                                : Stream.empty()));
    }

    private static Stream<String> shown(JavaClass type) {
        Stream<String> declaration = Stream.of(
                        type.getSuperclass().stream(), type.getInterfaces().stream(), type.getTypeParameters().stream())
                .flatMap(types -> types)
                .flatMap(ArchitectureTest::libraryTypes)
                .map(library -> " shows " + library);
        Stream<String> members = type.getAllMembers().stream()
                .filter(member -> member.getOwner().getName().startsWith(ROOT) && isOpen(member.getModifiers()))
                .flatMap(member -> signature(member)
                        .flatMap(ArchitectureTest::libraryTypes)
                        .map(library -> "." + member.getName() + " shows " + library));
        return Stream.concat(declaration, members);
    }

    private static Stream<? extends JavaType> signature(JavaMember member) {
        if (member instanceof JavaCodeUnit unit) {
            return Stream.of(
                            Stream.of(unit.getReturnType()),
                            unit.getParameterTypes().stream(),
                            unit.getExceptionTypes().stream(),
                            unit.getTypeParameters().stream())
                    .flatMap(types -> types);
        }
        return Stream.of(((JavaField) member).getType());
    }

    private static Stream<String> libraryTypes(JavaType type) {
        return type.getAllInvolvedRawTypes().stream()
                .filter(raw -> libraryOf(raw).isPresent())
                .map(JavaClass::getName);
    }

    private static boolean isVisible(JavaClass type) {
        return isOpen(type.getModifiers())
                && type.getEnclosingClass().map(ArchitectureTest::isVisible).orElse(true);
    }

    private static boolean isOpen(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    private static Stream<JavaClass> named(JavaClass type) {
        return type.getDirectDependenciesFromSelf().stream()
                .map(dependency -> dependency.getTargetClass().getBaseComponentType());
    }

    private static boolean isBelow(String root, JavaClass type) {
        return type.getPackageName().equals(root) || type.getPackageName().startsWith(root + ".");
    }

    /** The part of the package's name after the root: ".http", or "" for the root itself. */
    private static String packageBelow(String root, JavaClass type) {
        return type.getPackageName().substring(root.length());
    }

    private static Optional<String> libraryOf(JavaClass type) {
        return LIBRARIES.keySet().stream()
                .filter(library -> type.getName().startsWith(library + "."))
                .findFirst();
    }

    private static ArchCondition<JavaClass> condition(
            String description, Function<JavaClass, Stream<String>> violations) {
        return new ArchCondition<>(description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                violations
                        .apply(type)
                        .distinct()
                        .forEach(text -> events.add(SimpleConditionEvent.violated(type, type.getName() + text)));
            }
        };
    }

    private static Path coreClasses() {
        return Path.of(URI.create(KeySource.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString()));
    }

    private static Set<String> exportedPackages() {
        return ModuleFinder.of(coreClasses()).findAll().stream()
                .flatMap(module -> module.descriptor().exports().stream())
                .filter(export -> !export.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .collect(Collectors.toSet());
    }
}
