package dev.signet.trials;

import dev.signet.trials.Browser.Reply;
import dev.signet.trials.Ledger.Count;
import dev.signet.trials.Ledger.Ended;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Somebody with up to five browsers who signs in, reads and signs out at any node, keeps a copy of every cookie, and insists on
 * a sign-out until it is answered. Used by one thread.
 */
final class Person implements Crowd.Habit {
    private static final int BROWSERS = 5;
    /** Fewer than a subject may end one by one before all of its sessions are ended. */
    private static final int SESSIONS_OF_A_NAME = 30;

    private final String person;
    private final List<NodeProcess> nodes;
    private final Browser browser;
    private final Ledger ledger;
    private final List<Held> held = new ArrayList<>();
    private final List<Held> leaving = new ArrayList<>();
    private boolean leavingEverywhere;
    private int names;
    private int sessions;

    Person(String person, List<NodeProcess> nodes, Browser browser, Ledger ledger) {
        this.person = person;
        this.nodes = nodes;
        this.browser = browser;
        this.ledger = ledger;
    }

    /** A session, and every cookie that it ever had. */
    private record Held(String session, List<String> cookies) {
        String cookie() {
            return cookies.get(cookies.size() - 1);
        }
    }

    private String subject() {
        return person + "-" + names;
    }

    @Override
    public void once(Random random) {
        NodeProcess node = nodes.get(random.nextInt(nodes.size()));
        int dice = random.nextInt(100);
        if (!leaving.isEmpty() && (leavingEverywhere || dice < 60)) {
            insist(node);
        } else if (held.isEmpty() || (held.size() < BROWSERS && dice < 25)) {
            signIn(node);
        } else if (dice < 75) {
            read(node, held.get(random.nextInt(held.size())), dice);
        } else if (dice < 98) {
            leaving.add(held.remove(random.nextInt(held.size())));
            insist(node);
        } else if (leaving.isEmpty()) {
            leaving.addAll(held);
            held.clear();
            leavingEverywhere = true;
            insist(node);
        }
    }

    private void signIn(NodeProcess node) {
        if (sessions == SESSIONS_OF_A_NAME && held.isEmpty() && leaving.isEmpty()) {
            anotherName();
        }
        if (sessions == SESSIONS_OF_A_NAME) {
            return;
        }
        browser.post(node, Paths.SIGN_IN, null, "subject=" + subject()).ifPresent(reply -> {
            if (reply.ok() && reply.ticket() != null) {
                sessions++;
                held.add(new Held(reply.body(), new ArrayList<>(List.of(reply.ticket()))));
                ledger.count(Count.SIGN_INS);
            } else if (reply.status() == 409) {
                ledger.count(Count.SIGN_INS_OVERTAKEN);
            } else if (!reply.undecided()) {
                ledger.violation(Promise.LIVE, "a sign-in at " + node.name() + " was answered " + reply.status());
            }
        });
    }

    private void anotherName() {
        names++;
        sessions = 0;
    }

    private void read(NodeProcess node, Held session, int dice) {
        String path = dice < 40 ? Paths.OPTIONAL : dice < 65 ? Paths.GUARDED : Paths.AUTHORITATIVE;
        browser.read(node, path, session.cookie()).ifPresent(reply -> judge(node, path, session, reply));
    }

    private void judge(NodeProcess node, String path, Held session, Reply reply) {
        boolean unsaid =
                path.equals(Paths.OPTIONAL) && reply.ok() && reply.body().equals(Paths.NOBODY);
        if (reply.undecided() || unsaid) {
            ledger.count(Count.LIVE_UNDECIDED);
        } else if (reply.ok() && reply.body().equals(subject())) {
            ledger.count(Count.LIVE_READS);
            if (reply.ticket() != null) {
                session.cookies().add(reply.ticket());
            }
        } else {
            ledger.violation(
                    Promise.LIVE,
                    "a live session got " + reply.status() + " " + reply.body() + " from " + path + " at "
                            + node.name());
        }
    }

    /** A 401 from a guarded page says that an attempt without an answer, or answered with 503, was recorded after all. */
    private void insist(NodeProcess node) {
        String path = leavingEverywhere ? Paths.EVERYWHERE : Paths.SIGN_OUT;
        Held first = leaving.get(0);
        int life = node.life();
        Optional<Reply> answer = browser.post(node, path, first.cookie(), "");
        if (answer.isEmpty()) {
            if (life != NodeProcess.DOWN) {
                ledger.count(Count.SIGN_OUTS_UNANSWERED);
            }
            return;
        }
        Reply reply = answer.get();
        if (reply.ok() || (reply.status() == 401 && leavingEverywhere)) {
            acknowledged(reply);
        } else if (reply.undecided()) {
            ledger.count(Count.SIGN_OUTS_REFUSED);
        } else {
            ledger.violation(Promise.LIVE, "a sign-out at " + node.name() + " was answered " + reply.status());
        }
    }

    private void acknowledged(Reply reply) {
        List<Held> gone = leavingEverywhere ? List.copyOf(leaving) : List.of(leaving.get(0));
        ledger.count(Count.SIGN_OUTS);
        gone.forEach(session -> ledger.ended(session.cookies().stream()
                .map(cookie -> new Ended(cookie, session.session(), subject(), leavingEverywhere, reply.received()))
                .toList()));
        leaving.removeAll(gone);
        if (leavingEverywhere) {
            leavingEverywhere = false;
            anotherName();
        }
    }
}
