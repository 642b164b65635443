package dev.signet.trials;

import dev.signet.trials.Browser.Reply;
import dev.signet.trials.Ledger.Count;
import dev.signet.trials.Loot.Stolen;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Somebody who tries all that can be tried without a signed-out cookie, and has two sessions of an own account for it. Used by one thread. */
final class Attacker implements Crowd.Habit {
    private static final int ATTEMPTS_OF_A_SESSION = 300;

    private final String name;
    private final List<NodeProcess> nodes;
    private final Browser browser;
    private final Ledger ledger;
    private final Loot loot;
    private final Attacks attacks;
    private Jar jar = new Jar();
    private Optional<String> others = Optional.empty();
    private int attempts;

    Attacker(String name, List<NodeProcess> nodes, Browser browser, Ledger ledger, Loot loot, Attacks attacks) {
        this.name = name;
        this.nodes = nodes;
        this.browser = browser;
        this.ledger = ledger;
        this.loot = loot;
        this.attacks = attacks;
    }

    @Override
    public void once(Random random) {
        NodeProcess node = nodes.get(random.nextInt(nodes.size()));
        if (others.isEmpty()) {
            others = tokenOfAnotherSession(node);
            return;
        }
        String own = jar.header();
        if (own == null) {
            signIn(node, jar);
            return;
        }
        Optional<Stolen> victim = loot.any(random);
        if (victim.isPresent() && node.up()) {
            attempt(node, attacks.any(victim.get(), own, others.get(), random));
            signInAnewSometimes();
        }
    }

    /** Long before the own sessions end. */
    private void signInAnewSometimes() {
        attempts++;
        if (attempts % ATTEMPTS_OF_A_SESSION == 0) {
            jar = new Jar();
            others = Optional.empty();
        }
    }

    private Optional<String> tokenOfAnotherSession(NodeProcess node) {
        Jar second = new Jar();
        signIn(node, second);
        return second.header() == null
                ? Optional.empty()
                : browser.read(node, Paths.TOKEN, second.header())
                        .filter(Reply::ok)
                        .map(Reply::body);
    }

    private void signIn(NodeProcess node, Jar into) {
        browser.post(node, Paths.SIGN_IN, null, "subject=" + name)
                .filter(Reply::ok)
                .ifPresent(reply -> into.take(reply.cookies()));
    }

    private void attempt(NodeProcess node, Attack attack) {
        int life = node.life();
        if (life == NodeProcess.DOWN) {
            return;
        }
        ledger.count(Count.HOSTILE);
        try {
            int status = Wire.send(node.uri("/"), attack.bytes(node));
            if (node.life() == life) {
                judge(node, attack, status);
            }
        } catch (IOException e) {
            if (node.life() == life) {
                ledger.violation(Promise.ANSWERED, "no answer of " + node.name() + ": " + attack.name() + ": " + e);
            }
        }
    }

    private void judge(NodeProcess node, Attack attack, int status) {
        Optional<String> wrong = attack.judge(status);
        if (wrong.isPresent()) {
            Promise broken = status >= 500 ? Promise.ANSWERED : Promise.REFUSED;
            ledger.violation(broken, wrong.get() + " at " + node.name());
        } else {
            ledger.refused(attack.name());
        }
    }
}
