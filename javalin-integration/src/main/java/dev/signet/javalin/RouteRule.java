package dev.signet.javalin;

import dev.signet.javalin.Definitions.Definition;
import io.javalin.security.RouteRole;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the roles of a route ask for. Immutable.
 *
 * @param marks which {@link SessionRoute} marks it has
 * @param owner whose ticket it asks for; none if the route is public
 * @param anyOf the names of the roles of which one is needed; none for anybody signed in
 */
record RouteRule(Set<RouteRole> marks, @Nullable Definition owner, Set<String> anyOf) {
    static final RouteRule PUBLIC = new RouteRule(Set.of(), null, Set.of());

    /** @throws IllegalStateException if nobody knows these roles, so that they would guard nothing */
    static RouteRule of(Set<? extends RouteRole> roles, Definitions definitions) {
        Set<RouteRole> marks = new HashSet<>();
        Set<String> names = new HashSet<>();
        Set<RouteRole> unknown = new HashSet<>();
        Definition owner = null;
        for (RouteRole role : roles) {
            Definition itsOwner = ownerOf(role, definitions.all());
            if (role instanceof SessionRoute) {
                marks.add(role);
            } else if (itsOwner == null) {
                unknown.add(role);
            } else if (owner != null && owner != itsOwner) {
                throw new IllegalStateException("roles " + roles + " are of the sessions '" + owner.name() + "' and '"
                        + itsOwner.name() + "': a route can ask for the ticket of one");
            } else {
                owner = itsOwner;
                names.add(((Enum<?>) role).name());
            }
        }
        boolean anybody = marks.contains(SessionRoute.SIGNED_IN);
        if (owner == null && !anybody && !unknown.isEmpty()) {
            throw new IllegalStateException("roles " + roles + " would guard nothing: set s.roles = "
                    + classOf(unknown.iterator().next()) + ".class, or use roles of "
                    + known(definitions));
        }
        Definition asked = owner == null && anybody ? definitions.first() : owner;
        return new RouteRule(Set.copyOf(marks), asked, anybody ? Set.of() : Set.copyOf(names));
    }

    private static @Nullable Definition ownerOf(RouteRole role, List<Definition> all) {
        return all.stream()
                .filter(definition -> definition.owns(role))
                .findFirst()
                .orElse(null);
    }

    private static String classOf(RouteRole role) {
        return (role instanceof Enum<?> constant ? constant.getDeclaringClass() : role.getClass()).getSimpleName();
    }

    private static List<String> known(Definitions definitions) {
        return definitions.all().stream()
                .map(Definition::roles)
                .map(roles -> roles == null ? SessionRoute.class.getSimpleName() : roles.getSimpleName())
                .distinct()
                .toList();
    }

    boolean is(SessionRoute mark) {
        return marks.contains(mark);
    }
}
