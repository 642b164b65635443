package dev.signet.revocation.redis;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a server tells about itself ({@code INFO}), and whether sign-outs may be entrusted to it. */
record Server(Map<String, String> facts) {
    static Server told(String info) {
        Map<String, String> facts = new HashMap<>();
        info.lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                facts.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        });
        return new Server(Map.copyOf(facts));
    }

    /** False where the server, or its access list, does not let us ask. */
    boolean known() {
        return facts.containsKey("role") && facts.containsKey("aof_enabled");
    }

    /** Why this server is not to be used, and what to do about it; null if it is all right or does not tell. */
    @Nullable
    String refusal(boolean mayForget) {
        if (is("role", "slave")) {
            return "This Redis server is a replica; name the primary, or pass in a Sentinel or cluster client";
        }
        if (is("aof_enabled", "0") && !mayForget) {
            return "This Redis server would forget sign-outs when it restarts;"
                    + " set appendonly yes, or say mayForget(\"why\")";
        }
        if (evicts() && !mayForget) {
            return "This Redis server drops any key when its memory is full;"
                    + " set maxmemory-policy noeviction, or say mayForget(\"why\")";
        }
        return null;
    }

    private boolean evicts() {
        return !is("maxmemory", "0")
                && facts.getOrDefault("maxmemory_policy", "").startsWith("allkeys");
    }

    private boolean is(String name, String value) {
        return value.equals(facts.get(name));
    }
}
