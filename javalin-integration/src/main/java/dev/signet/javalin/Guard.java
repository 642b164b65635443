package dev.signet.javalin;

import dev.signet.Verification;
import dev.signet.http.CsrfRefused;
import dev.signet.http.RequestSession;
import dev.signet.http.WebSession;
import dev.signet.javalin.Definitions.Definition;
import io.javalin.config.JavalinState;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.security.Roles;
import io.javalin.security.RouteRole;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What is asked of a request before its handler: where it comes from, and who is signed in. Thread-safe.
 *
 * <p>A route belongs to the session of which its roles are, and that one guards it. A route without such roles is guarded by the session whose ticket came
 * along, or by the first one if there is none; when there are several, its form can only carry the token of one of them, and that is enough. A sign-in route
 * asks all of them, since it may start any. On a route of a bearer session nothing is asked of cookies.
 */
final class Guard {
    private static final Set<HandlerType> READING = Set.of(HandlerType.GET, HandlerType.HEAD, HandlerType.OPTIONS);

    private final Definitions definitions;
    private final Function<Context, RequestSessions> opener;
    private final Map<Set<? extends RouteRole>, RouteRule> rules = new ConcurrentHashMap<>();

    Guard(Definitions definitions, Function<Context, RequestSessions> opener) {
        this.definitions = definitions;
        this.opener = opener;
    }

    /** Refuses routes whose roles would guard nothing, those that are there and those to come. */
    void checkRoutes(JavalinState state) {
        state.internalRouter.allHttpHandlers().forEach(handler -> {
            Roles roles = handler.endpoint.metadata(Roles.class);
            check(handler.endpoint.method + " " + handler.endpoint.path, roles == null ? Set.of() : roles.getRoles());
        });
        state.internalRouter
                .allWsHandlers()
                .forEach(handler -> check("socket " + handler.getPath(), handler.getRoles()));
        state.events.handlerAdded(
                handler -> check(handler.getHttpMethod() + " " + handler.getPath(), handler.getRoles()));
        state.events.wsHandlerAdded(handler -> check("socket " + handler.getPath(), handler.getRoles()));
    }

    private void check(String route, Set<? extends RouteRole> roles) {
        try {
            rule(roles);
        } catch (IllegalStateException refused) {
            throw new IllegalStateException("route " + route + ": " + refused.getMessage(), refused);
        }
    }

    private RouteRule rule(Set<? extends RouteRole> roles) {
        if (roles.isEmpty()) {
            return RouteRule.PUBLIC;
        }
        RouteRule known = rules.get(roles);
        return known != null ? known : rules.computeIfAbsent(roles, unseen -> RouteRule.of(unseen, definitions));
    }

    void beforeHandler(Context ctx) {
        RouteRule rule = rule(ctx.routeRoles());
        RequestSessions sessions = opener.apply(ctx);
        sessions.ownedBy(rule.owner());
        mark(sessions, rule);
        if (!READING.contains(ctx.method()) && !rule.is(SessionRoute.CSRF_EXEMPT)) {
            checkCsrf(sessions, rule);
        }
        requireRole(sessions, rule);
    }

    private static void mark(RequestSessions sessions, RouteRule rule) {
        if (rule.is(SessionRoute.AUTHORITATIVE)) {
            sessions.all().forEach(RequestSession::authoritative);
        }
        if (rule.is(SessionRoute.NO_RENEWAL)) {
            sessions.withoutRenewal();
        }
    }

    private void checkCsrf(RequestSessions sessions, RouteRule rule) {
        if (rule.is(SessionRoute.SIGN_IN)) {
            definitions
                    .inCookies()
                    .forEach(definition -> sessions.cookies(definition).checkCsrf(true));
            return;
        }
        CsrfRefused refused = null;
        for (Definition definition : guardians(sessions, rule)) {
            try {
                sessions.cookies(definition).checkCsrf(false);
                return;
            } catch (CsrfRefused notThisOne) {
                refused = notThisOne;
            }
        }
        if (refused != null) {
            throw refused;
        }
    }

    /**
     * A cookie that only looks like a ticket decides nothing. Where somebody is signed in, a visitor's counts only if no other host can have set it. A session
     * that is not guarded vouches for no other. A bearer session needs none: no site can make a browser send its ticket.
     */
    private List<Definition> guardians(RequestSessions sessions, RouteRule rule) {
        if (rule.owner() != null) {
            return rule.owner().bearer() ? List.of() : List.of(rule.owner());
        }
        List<Definition> all = definitions.inCookies().stream()
                .filter(one -> definitions.inCookies().size() == 1
                        || sessions.cookies(one).isGuarded())
                .toList();
        if (all.size() <= 1) {
            return all;
        }
        List<Definition> presented = all.stream()
                .filter(one -> sessions.cookies(one).presentsTicket())
                .toList();
        if (presented.stream().anyMatch(one -> isSignedIn(sessions.cookies(one)))) {
            return presented.stream()
                    .filter(one -> sessions.cookies(one).vouches())
                    .toList();
        }
        return presented.isEmpty() ? List.of(all.get(0)) : presented;
    }

    private static boolean isSignedIn(WebSession session) {
        Verification.Outcome outcome = session.verification().outcome();
        return outcome == Verification.Outcome.ACTIVE || outcome == Verification.Outcome.UNDECIDED;
    }

    private static void requireRole(RequestSessions sessions, RouteRule rule) {
        if (rule.owner() != null) {
            sessions.ask(rule.owner()).requireRole(rule.anyOf());
        }
    }

    void beforeUpgrade(Context ctx) {
        RouteRule rule = rule(ctx.routeRoles());
        RequestSessions sessions = opener.apply(ctx);
        sessions.upgrading();
        sessions.ownedBy(rule.owner());
        mark(sessions, rule);
        if (!rule.is(SessionRoute.CSRF_EXEMPT)) {
            guardians(sessions, rule)
                    .forEach(definition -> sessions.cookies(definition).checkUpgradeOrigin());
        }
        requireRole(sessions, rule);
    }
}
