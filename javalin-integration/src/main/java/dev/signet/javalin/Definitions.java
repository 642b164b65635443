package dev.signet.javalin;

import dev.signet.Sessions;
import dev.signet.SessionsBuilder;
import dev.signet.TokenFormat;
import dev.signet.http.BearerSession;
import dev.signet.http.CookieSettings;
import dev.signet.http.Exchange;
import dev.signet.http.RequestSession;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sessions that one application has side by side. Immutable, thread-safe. */
final class Definitions {
    private static final Logger LOG = LoggerFactory.getLogger(SessionPlugin.class);

    private final Map<String, Definition> byName;
    private final Definition first;
    private final List<Definition> all;
    private final List<Definition> inCookies;
    private final boolean revocationsChosen;

    /**
     * One of them.
     *
     * @param web its cookies; none if its tickets come in the {@code Authorization} header
     * @param roles the enum of its roles
     */
    record Definition(
            Sessions sessions,
            @Nullable WebSessions web,
            @Nullable Class<? extends RouteRole> roles) {
        String name() {
            return sessions.name();
        }

        boolean bearer() {
            return web == null;
        }

        RequestSession open(Exchange exchange) {
            return web == null ? BearerSession.of(sessions, exchange) : web.open(exchange);
        }

        WebSessions cookies() {
            if (web == null) {
                throw new IllegalStateException(
                        "session '" + name() + "' comes in the Authorization header: use bearer(…)");
            }
            return web;
        }

        boolean owns(RouteRole role) {
            return roles != null && roles.isInstance(role);
        }
    }

    private Definitions(Map<String, Definition> byName, Definition first, boolean revocationsChosen) {
        this.byName = byName;
        this.first = first;
        this.all = List.copyOf(byName.values());
        this.inCookies = all.stream().filter(one -> !one.bearer()).toList();
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
        requireDistinctAudiences(config);
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
        more.listener = more.listener != Config.NOBODY ? more.listener : from.listener;
        more.csrf = more.csrf != Config.GUARDED ? more.csrf : from.csrf;
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
        Optional.ofNullable(config.index).ifPresent(sessions::index);
        Optional.ofNullable(config.limit).ifPresent(sessions::limit);
        requireAssurance(config, sessions);
        if (config.readable != null) {
            sessions.readableByHolder(config.readable.issuer(), config.readable.audience());
        }
        if (config.bearer) {
            requireNoCookies(config);
            return new Definition(sessions.build(), null, config.roles);
        }
        Sessions inCookies = sessions.build();
        WebSessions web = WebSessions.with(inCookies)
                .cookies(config.cookies)
                .csrf(config.csrf)
                .clearSiteData(config.clearSiteData)
                .slots(config.slots)
                .build();
        return new Definition(inCookies, web, config.roles);
    }

    /** The name is all that keeps the ticket of a cookie apart from one of a header, so it cannot be the one that every application has. */
    private static void requireNoCookies(Config config) {
        if (config.name.equals(new Config().name)) {
            throw new IllegalArgumentException("bearer session without a name of its own: set s.name, such as \"api\","
                    + " since a ticket out of a cookie of the same name would be accepted");
        }
        if (config.cookies != CookieSettings.DEFAULT
                || !config.slots.isEmpty()
                || config.visitors != null
                || !config.clearSiteData.isEmpty()) {
            throw new IllegalArgumentException("bearer session '" + config.name
                    + "' with cookies, slots, visitors or clearSiteData: it has none of them, leave them out");
        }
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

    /** The name is not in a ticket that its holder can read, so that its audience has to keep it apart. */
    private static void requireDistinctAudiences(Config config) {
        Set<Config.ReadBy> seen = new HashSet<>();
        Stream.concat(Stream.of(config), config.more.stream())
                .filter(one -> one.readable != null && !seen.add(one.readable))
                .findFirst()
                .ifPresent(one -> {
                    throw new IllegalArgumentException(
                            "readableByHolder of session '" + one.name
                                    + "' is as that of another: tickets of one would be accepted by both; give each an audience of its own");
                });
    }

    List<Definition> all() {
        return all;
    }

    /** A request's view of each, in their order. */
    List<RequestSession> open(Exchange exchange) {
        List<RequestSession> opened = new ArrayList<>(all.size());
        for (Definition definition : all) {
            opened.add(definition.open(exchange));
        }
        return opened;
    }

    /**
     * Which of them this is.
     *
     * @throws IllegalStateException if it is none
     */
    int placeOf(Definition definition) {
        int place = all.indexOf(definition);
        if (place < 0) {
            throw new IllegalStateException("session '" + definition.name() + "' is of another plugin");
        }
        return place;
    }

    Definition first() {
        return first;
    }

    List<Definition> inCookies() {
        return inCookies;
    }

    /** The first whose tickets come in cookies. */
    Definition cookies() {
        if (inCookies.isEmpty()) {
            throw new IllegalStateException("no session comes in cookies: use bearer(…)");
        }
        return inCookies.get(0);
    }

    /** The first whose tickets come in the {@code Authorization} header. */
    Definition bearer() {
        return all.stream()
                .filter(Definition::bearer)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no session is a bearer session: set s.bearer = true"));
    }

    /** The first whose tickets others can verify. */
    Definition readable() {
        return all.stream()
                .filter(one -> one.sessions().format() == TokenFormat.SIGNED)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "no session has tickets that others can verify: set s.bearer and s.readableByHolder(…)"));
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
        all.forEach(definition -> distinct.add(definition.sessions().revocations()));
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
        all.forEach(definition -> definition.sessions().close());
    }
}
