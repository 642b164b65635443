package dev.signet.trials;

import dev.signet.trials.Browser.Reply;
import dev.signet.trials.Ledger.Count;
import dev.signet.trials.Ledger.Ended;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Somebody honest with one browser, who fills a cart, signs in with it, reads, and signs out, each at any process. Nothing may go wrong; only what a restart
 * cut off is repeated, elsewhere. Used by one thread.
 */
final class Shopper implements Crowd.Habit {
    private static final int FULL = 12;
    /** Fewer than a subject may end one by one before all of its sessions are ended. */
    private static final int SESSIONS_OF_A_NAME = 30;

    private final String person;
    private final List<NodeProcess> nodes;
    private final Browser browser;
    private final Ledger ledger;
    private final Loot loot;
    private Jar jar = new Jar();
    private List<String> cart = List.of();
    private @Nullable String session;
    private @Nullable Leaving leaving;
    private int names;
    private int sessions;
    private int items;

    /** A sign-out that is insisted on, and the CSRF token of the page with its button. */
    private record Leaving(boolean everywhere, String token) {}

    Shopper(String person, List<NodeProcess> nodes, Browser browser, Ledger ledger, Loot loot) {
        this.person = person;
        this.nodes = nodes;
        this.browser = browser;
        this.ledger = ledger;
        this.loot = loot;
    }

    private String subject() {
        return person + "-" + names;
    }

    @Override
    public void once(Random random) {
        NodeProcess node = nodes.get(random.nextInt(nodes.size()));
        if (!node.up()) {
            return;
        }
        int dice = random.nextInt(100);
        if (leaving != null) {
            leave(node, leaving);
        } else if (dice < 25) {
            add(node);
        } else if (dice < 50) {
            readCart(node);
        } else if (session == null) {
            signIn(node);
        } else if (dice < 92) {
            read(node, dice < 65 ? Paths.OPTIONAL : dice < 80 ? Paths.GUARDED : Paths.AUTHORITATIVE);
        } else {
            beginToLeave(node, dice == 99);
        }
    }

    private void signIn(NodeProcess node) {
        Optional<Reply> answer = browser.post(node, Paths.SIGN_IN, jar.header(), "subject=" + subject());
        if (answer.isEmpty()) {
            ledger.count(Count.CUT_OFF);
            forget();
        } else if (answer.get().status() == 409) {
            ledger.count(Count.SIGN_INS_OVERTAKEN);
        } else if (fine(answer.get(), "a sign-in", node)) {
            session = answer.get().body();
            ledger.count(Count.SIGN_INS);
            take(answer.get());
        }
    }

    private void forget() {
        jar = new Jar();
        cart = List.of();
        session = null;
        leaving = null;
        loot.remove(person);
    }

    private void read(NodeProcess node, String path) {
        browser.read(node, path, jar.header()).ifPresentOrElse(reply -> judge(node, path, reply), this::cutOff);
    }

    private void judge(NodeProcess node, String path, Reply reply) {
        if (fine(reply, "a read of " + path, node)) {
            take(reply);
            if (reply.body().equals(subject())) {
                ledger.count(Count.LIVE_READS);
            } else {
                ledger.violation(
                        Promise.LIVE,
                        subject() + " was taken for " + reply.body() + " by " + path + " at " + node.name());
            }
        }
    }

    private void add(NodeProcess node) {
        boolean full = cart.size() == FULL;
        String item = person + " wants " + items++;
        List<String> more = new ArrayList<>(full ? List.of() : cart);
        if (!full) {
            more.add(item);
        }
        String path = full ? Paths.EMPTY : Paths.CART;
        submit(node, path, "item=" + URLEncoder.encode(item, StandardCharsets.UTF_8))
                .filter(reply -> fine(reply, "a write to " + path, node))
                .ifPresent(reply -> {
                    take(reply);
                    cart = List.copyOf(more);
                    ledger.count(Count.WRITES);
                });
    }

    /** Reads the page with the form first, unless there is no cookie to bring a token for. */
    private Optional<Reply> submit(NodeProcess node, String path, String form) {
        String cookies = jar.header();
        if (cookies == null) {
            Optional<Reply> answer = browser.post(node, path, null, form);
            answer.ifPresentOrElse(reply -> {}, this::cutOff);
            return answer;
        }
        Optional<String> token = token(node);
        Optional<Reply> answer = token.flatMap(fetched -> browser.submit(node, path, jar.header(), form, fetched));
        if (token.isPresent() && answer.isEmpty()) {
            cutOff();
        }
        return answer;
    }

    private Optional<String> token(NodeProcess node) {
        Optional<Reply> page = browser.read(node, Paths.TOKEN, jar.header());
        page.ifPresentOrElse(this::take, this::cutOff);
        return page.filter(reply -> fine(reply, "a page with a form", node)).map(Reply::body);
    }

    private void readCart(NodeProcess node) {
        browser.read(node, Paths.CART, jar.header()).ifPresentOrElse(reply -> compare(node, reply), this::cutOff);
    }

    private void compare(NodeProcess node, Reply reply) {
        if (!fine(reply, "a read of the cart", node)) {
            return;
        }
        take(reply);
        if (reply.body().equals(String.join("\n", cart))) {
            ledger.count(Count.CARTS_READ);
        } else {
            long found = reply.body().lines().count();
            ledger.violation(
                    Promise.SAVED,
                    "the cart of " + subject() + " had " + found + " things at " + node.name() + " in place of "
                            + cart.size() + (session == null ? ", as a stranger" : ""));
            cart = reply.body().lines().toList();
        }
    }

    private void beginToLeave(NodeProcess node, boolean everywhere) {
        token(node).ifPresent(token -> {
            loot.remove(person);
            Leaving begun = new Leaving(everywhere, token);
            leaving = begun;
            leave(node, begun);
        });
    }

    /** Not signed in any more, after an attempt that was cut off, says that the attempt was recorded. */
    private void leave(NodeProcess node, Leaving how) {
        String path = how.everywhere() ? Paths.EVERYWHERE : Paths.SIGN_OUT;
        Optional<Reply> answer = browser.submit(node, path, jar.header(), "", how.token());
        if (answer.isEmpty()) {
            cutOff();
        } else if (how.everywhere() && answer.get().status() == 401 || fine(answer.get(), "a sign-out", node)) {
            gone(how, answer.get().received());
        }
    }

    private void gone(Leaving how, long at) {
        String ended = session == null ? "" : session;
        ledger.count(Count.SIGN_OUTS);
        ledger.ended(jar.tickets().stream()
                .map(cookie -> new Ended(cookie, ended, subject(), how.everywhere(), at))
                .toList());
        forget();
        sessions++;
        if (how.everywhere() || sessions == SESSIONS_OF_A_NAME) {
            names++;
            sessions = 0;
        }
    }

    private void cutOff() {
        ledger.count(Count.CUT_OFF);
    }

    private void take(Reply reply) {
        jar.take(reply.cookies());
        String header = jar.header();
        String ticket = jar.value(Jar.TICKET);
        if (header != null && ticket != null) {
            loot.put(person, new Loot.Stolen(header, ticket, Optional.ofNullable(jar.value(Jar.CART))));
        }
    }

    private boolean fine(Reply reply, String what, NodeProcess node) {
        if (!reply.ok()) {
            ledger.violation(
                    Promise.LIVE,
                    what + " of " + subject() + " at " + node.name() + " was answered " + reply.status() + ": "
                            + reply.body());
        }
        return reply.ok();
    }
}
