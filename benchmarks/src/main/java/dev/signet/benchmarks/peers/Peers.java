package dev.signet.benchmarks.peers;

import dev.signet.benchmarks.Content;
import dev.signet.benchmarks.Peer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

/** Every peer under the name of its benchmark methods. */
public final class Peers {
    private static final SignetToken SIGNET_TOKEN = new SignetToken();
    private static final SignetSession SIGNET = new SignetSession();
    private static final Map<String, Callable<Peer>> SAME_WORK = sameWork();
    private static final Map<String, Callable<Peer>> SIGNED_ONLY =
            Map.of("vertx", Vertx::new, "play", Play::new, "jooby", Jooby::new);

    private Peers() {}

    private static Map<String, Callable<Peer>> sameWork() {
        Map<String, Callable<Peer>> peers = new LinkedHashMap<>();
        peers.put("floor", Floor::new);
        peers.put("limit", () -> new Limit(Limit.newKey()));
        peers.put("signetToken", () -> SIGNET_TOKEN);
        peers.put("nimbus", Nimbus::new);
        peers.put("nimbusTuned", NimbusTuned::new);
        peers.put("jose4j", Jose4j::new);
        peers.put("jjwt", Jjwt::new);
        peers.put("tink", Tink::new);
        peers.put("ktor", Ktor::new);
        peers.put("shiro", Shiro::new);
        return peers;
    }

    /** Those that hide and authenticate the content. */
    public static Set<String> sameWorkNames() {
        return SAME_WORK.keySet();
    }

    /** Those that only authenticate it. */
    public static Set<String> signedOnlyNames() {
        return SIGNED_ONLY.keySet();
    }

    /** A new peer with a new key; Signet's is the same one for every thread. */
    public static Peer named(String name) throws Exception {
        Callable<Peer> peer = SAME_WORK.getOrDefault(name, SIGNED_ONLY.get(name));
        if (peer == null) {
            throw new IllegalArgumentException("no peer is called " + name);
        }
        return peer.call();
    }

    public static SignetSession signet() {
        return SIGNET;
    }

    /** A new one with new keys. */
    public static LimitSession limitSession() {
        return new LimitSession(LimitSession.Keys.generate(), false);
    }

    /** Opens one of {@code signetToken}'s tokens as if it were the first of its day. */
    public static Content openCold(String token) {
        return SIGNET_TOKEN.openCold(token);
    }
}
