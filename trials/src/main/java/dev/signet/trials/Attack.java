package dev.signet.trials;

import java.util.Optional;
import java.util.Set;

/**
 * A hostile request that is ready to be sent.
 *
 * @param name what is tried
 * @param head its method, target, and header lines after {@code Host}, each with an end of line
 * @param answers the statuses that it may be answered with; 0 stands for a server that hangs up
 */
record Attack(String name, String target, String head, String body, Set<Integer> answers) {
    static final Set<Integer> STRANGER = Set.of(401);
    static final Set<Integer> FORBIDDEN = Set.of(403);
    static final Set<Integer> UNREADABLE = Set.of(0, 400, 401, 431);
    static final Set<Integer> TOO_LARGE = Set.of(0, 431);
    static final Set<Integer> NOWHERE = Set.of(400, 401, 404, 405);

    /** A cookie line at the page of whoever is signed in. */
    static Attack cookie(String name, String value) {
        return lines(name, "Cookie: " + value + "\r\n", STRANGER);
    }

    static Attack ticket(String name, String value) {
        return cookie(name, Jar.TICKET + "=" + value);
    }

    static Attack lines(String name, String lines, Set<Integer> answers) {
        return new Attack(name, "GET " + Paths.GUARDED, lines, "", answers);
    }

    /** A form that another site sends, or makes a browser send, with its cookies. */
    static Attack form(String name, String path, String type, String lines, String body) {
        String head = lines + "Content-Type: " + type + "\r\nContent-Length: " + body.length() + "\r\n";
        return new Attack(name, "POST " + path, head, body, FORBIDDEN);
    }

    String bytes(NodeProcess node) {
        return target + " HTTP/1.1\r\nHost: " + node.uri("/").getAuthority() + "\r\nConnection: close\r\n" + head
                + "\r\n" + body;
    }

    /** What is wrong with an answer; empty if nothing. */
    Optional<String> judge(int status) {
        if (answers.contains(status)) {
            return Optional.empty();
        }
        return Optional.of(
                (status >= 200 && status < 400 ? "accepted" : "answered otherwise") + " with " + status + ": " + name);
    }
}
