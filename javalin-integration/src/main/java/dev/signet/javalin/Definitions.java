package dev.signet.javalin;

import dev.signet.Sessions;
import dev.signet.SessionsBuilder;
import dev.signet.http.WebSessions;
import dev.signet.javalin.SessionPlugin.Config;
import dev.signet.keys.KeyRing;
import dev.signet.revocation.Revocations;
import io.javalin.security.RouteRole;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sessions that one application has side by side. Immutable, thread-safe. */
final class Definitions {
    private static final Logger LOG = LoggerFactory.getLogger(SessionPlugin.class);

    private final Map<String, Definition> byName;
    private final Definition first;
    private final boolean revocationsChosen;

    /** One of them: its name, what it does, and the enum of its roles. */
    record Definition(
            String name, WebSessions web, @Nullable Class<? extends RouteRole> roles) {
        boolean owns(RouteRole role) {
            return roles != null && roles.isInstance(role);
        }
    }

    private Definitions(Map<String, Definition> byName, Definition first, boolean revocationsChosen) {
        this.byName = byName;
        this.first = first;
        this.revocationsChosen = revocationsChosen;
    }

    /** @throws IllegalArgumentException naming a setting that is missing or excludes another */
    static Definitions of(Config config) {
        InstantSource clock = Objects.requireNonNullElse(config.clock, InstantSource.system());
        boolean chosen = config.revocations != null;
        config.clock = clock;
        config.revocations = chosen ? config.revocations : Revocations.inMemory(clock);
        config.application = Objects.requireNonNullElse(config.application, "app");
        Definition first = definition(config);
        Map<String, Definition> byName = new LinkedHashMap<>(Map.of(first.name(), first));
        for (Config more : config.more) {
            inherit(more, config);
            if (byName.put(more.name, definition(more)) != null) {
                throw new IllegalArgumentException(
                        "two sessions are named '" + more.name + "': give each its own name");
            }
        }
        requireDistinctRoles(byName.values());
        return new Definitions(byName, first, chosen);
    }

    private static void inherit(Config more, Config from) {
        if (!more.more.isEmpty() || more.keepJettySessions) {
            throw new IllegalArgumentException(
                    "session '" + more.name + "': also(…) and keepJettySessions belong to the first session only");
        }
        more.keys = more.keys != null ? more.keys : from.keys;
        more.application = more.application != null ? more.application : from.application;
        more.clock = more.clock != null ? more.clock : from.clock;
        more.revocations = more.revocations != null ? more.revocations : from.revocations;
    }

    private static Definition definition(Config config) {
        KeyRing keys = config.keys;
        if (keys == null) {
            throw new IllegalArgumentException("keys of session '" + config.name
                    + "' are missing: set s.keys = KeyRing.load(Path.of(\"keys.jwks\"))");
        }
        if (config.roles != null && !config.roles.isEnum()) {
            throw new IllegalArgumentException(
                    "roles = " + config.roles.getName() + ": use an enum that implements RouteRole");
        }
        SessionsBuilder sessions = Sessions.with(keys)
                .name(config.name)
                .application(Objects.requireNonNull(config.application))
                .lifetime(config.lifetime)
                .remembered(config.remembered)
                .revocations(Objects.requireNonNull(config.revocations))
                .clock(Objects.requireNonNull(config.clock))
                .skew(config.skew)
                .listener(config.listener)
                .format(config.format);
        config.lifetimes.forEach(sessions::lifetime);
        Optional.ofNullable(config.visitors).ifPresent(sessions::visitors);
        requireAssurance(config, sessions);
        WebSessions web = WebSessions.with(sessions.build())
                .cookies(config.cookies)
                .csrf(config.csrf)
                .clearSiteData(config.clearSiteData)
                .slots(config.slots)
                .build();
        return new Definition(config.name, web, config.roles);
    }

    private static void requireAssurance(Config config, SessionsBuilder sessions) {
        String reason = config.assuranceExceededBecause;
        if (config.assurance != null && reason != null) {
            sessions.assurance(config.assurance, reason);
        } else if (config.assurance != null) {
            sessions.assurance(config.assurance);
        }
    }

    /** A role class decides whose ticket a route asks for, so that it cannot belong to two. */
    private static void requireDistinctRoles(Iterable<Definition> all) {
        Set<Class<?>> seen = new HashSet<>();
        for (Definition definition : all) {
            if (definition.roles() != null && !seen.add(definition.roles())) {
                throw new IllegalArgumentException(
                        "roles = " + definition.roles().getName() + " of session '" + definition.name()
                                + "' are those of another session too: give each an enum of its own");
            }
        }
    }

    List<Definition> all() {
        return List.copyOf(byName.values());
    }

    Definition first() {
        return first;
    }

    Definition named(String name) {
        Definition definition = byName.get(name);
        if (definition == null) {
            throw new IllegalArgumentException(
                    "there is no session named '" + name + "', but " + byName.keySet() + ": add it with s.also(…)");
        }
        return definition;
    }

    Set<Revocations> revocations() {
        Set<Revocations> distinct = new HashSet<>();
        byName.values()
                .forEach(definition -> distinct.add(definition.web().sessions().revocations()));
        return distinct;
    }

    /** Says once what the chosen revocations cannot do. */
    void warn() {
        if (!revocationsChosen) {
            LOG.warn(
                    "Sign-outs are kept in memory: a restart forgets them, and other instances do not learn of them. Set s.revocations");
        }
        if (revocations().stream().anyMatch(revocations -> !revocations.records())) {
            LOG.warn(
                    "No sign-out is recorded: a copied cookie stays good until it expires, sessions cannot be ended by administrators or"
                            + " everywhere, and nothing is refused after a sign-out. Set s.revocations to something that records");
        }
    }

    void close() {
        List<Definition> all = new ArrayList<>(byName.values());
        all.forEach(definition -> definition.web().sessions().close());
    }
}
