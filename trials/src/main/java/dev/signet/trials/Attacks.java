package dev.signet.trials;

import dev.signet.keys.KeyRing;
import dev.signet.trials.Loot.Stolen;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The attacks that can be tried with what was stolen, with one's own account, and with keys that an attacker would not have. Thread-safe. */
final class Attacks {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String BOUNDARY =
            "--x\r\nContent-Disposition: form-data; name=\"item\"\r\n\r\nevil\r\n--x--\r\n";
    private static final int MANY_COOKIES = 700;
    private static final int LONG_HEAD = 40_000;

    private final KeyFile keys;
    private final Forger forger;

    Attacks(KeyFile keys, Forger forger) {
        this.keys = keys;
        this.forger = forger;
    }

    /**
     * @param own cookies of the attacker, who is signed in
     * @param others a CSRF token of another session of the attacker
     */
    Attack any(Stolen victim, String own, String others, Random random) {
        return switch (random.nextInt(5)) {
            case 0, 1 -> pick(forgeries(victim, random), random);
            case 2 -> pick(places(victim, own, random), random);
            case 3 -> pick(ofAnotherSite(victim, own, others), random);
            default -> pick(floods(victim, random), random);
        };
    }

    private static Attack pick(List<Attack> attacks, Random random) {
        return attacks.get(random.nextInt(attacks.size()));
    }

    private List<Attack> forgeries(Stolen victim, Random random) {
        List<Attack> attacks = new ArrayList<>();
        attacks.add(Attack.ticket("a changed ticket", Forgery.changed(victim.ticket(), random)));
        attacks.add(Attack.ticket("a shortened ticket", Forgery.shortened(victim.ticket(), random)));
        attacks.add(Attack.ticket("a ticket spelled otherwise", Forgery.respelled(victim.ticket(), random)));
        attacks.add(Attack.ticket("a downgraded ticket", Forgery.downgraded(victim.ticket(), random)));
        attacks.add(Attack.ticket("garbage for a ticket", Forgery.garbage(random)));
        attacks.add(Attack.ticket("an expired ticket", forger.expired(keys.ring())));
        attacks.add(Attack.ticket("a ticket of another application", forger.ofAnotherApplication(keys.ring())));
        attacks.add(Attack.ticket("a ticket of another session", forger.ofAnotherSession(keys.ring())));
        attacks.add(Attack.ticket("a visitor for a ticket", forger.ofAVisitor(keys.ring())));
        attacks.add(Attack.ticket("a ticket under another key of that id", forger.under(KeyFile.impostor())));
        attacks.add(Attack.ticket("a ticket under an unknown key", forger.under(KeyRing.generate())));
        keys.removed()
                .ifPresent(ring -> attacks.add(Attack.ticket("a ticket under a removed key", forger.under(ring))));
        victim.cart().ifPresent(cart -> attacks.add(Attack.ticket("a slot for a ticket", cart)));
        return attacks;
    }

    private static List<Attack> places(Stolen victim, String own, Random random) {
        String good = Jar.TICKET + "=" + victim.ticket();
        String bad = Jar.TICKET + "=" + Forgery.changed(victim.ticket(), random);
        return List.of(
                Attack.cookie("a ticket tossed beside a good one", own + "; " + bad),
                Attack.cookie("a ticket tossed before a good one", bad + "; " + own),
                Attack.cookie("one ticket twice", good + "; " + good),
                Attack.lines(
                        "tickets in two cookie lines",
                        "Cookie: " + own + "\r\nCookie: " + good + "\r\n",
                        Attack.STRANGER),
                Attack.cookie("another case of the cookie's name", "__HOST-session=" + victim.ticket()),
                Attack.cookie("the cookie's name without its prefix", "session=" + victim.ticket()),
                Attack.cookie("the cookie's name encoded", "__%48ost-session=" + victim.ticket()),
                Attack.cookie("a nameless cookie", "=" + good),
                new Attack(
                        "a ticket in an address",
                        "GET " + Paths.GUARDED + "?session=" + victim.ticket(),
                        "",
                        "",
                        Attack.STRANGER),
                new Attack("a ticket in a path", "GET " + Paths.GUARDED + ";" + good, "", "", Attack.NOWHERE),
                Attack.lines(
                        "a ticket in Authorization",
                        "Authorization: Bearer " + victim.ticket() + "\r\n",
                        Attack.STRANGER),
                Attack.lines(
                        "a name in forwarded headers",
                        "X-Forwarded-User: p0-0\r\nX-Forwarded-For: 127.0.0.1\r\nX-Original-URL: /\r\n",
                        Attack.STRANGER));
    }

    private static List<Attack> ofAnotherSite(Stolen victim, String own, String others) {
        List<Attack> attacks = new ArrayList<>();
        String cookies = "Cookie: " + victim.header() + "\r\n";
        for (String origin : List.of(
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site",
                "Sec-Fetch-Site: same-origin\r\nSec-Fetch-Site: cross-site",
                "Origin: https://evil.example",
                "Origin: null")) {
            String lines = cookies + origin + "\r\n";
            String said = " (" + origin.replace("\r\n", ", ") + ")";
            attacks.add(Attack.form("a form of another site" + said, Paths.CART, FORM, lines, "item=evil"));
            attacks.add(Attack.form("a sign-out of another site" + said, Paths.SIGN_OUT, FORM, lines, ""));
            attacks.add(Attack.form("a sign-in of another site" + said, Paths.SIGN_IN, FORM, lines, "subject=mallory"));
        }
        String foreign = cookies + "Sec-Fetch-Site: cross-site\r\n";
        attacks.add(Attack.form("a text of another site", Paths.CART, "text/plain", foreign, "item=evil"));
        attacks.add(Attack.form(
                "a multipart form of another site", Paths.CART, "multipart/form-data; boundary=x", foreign, BOUNDARY));
        String lying = "Cookie: " + own + "\r\nSec-Fetch-Site: same-origin\r\n";
        attacks.add(Attack.form("a form without a token", Paths.CART, FORM, lying, "item=evil"));
        attacks.add(Attack.form(
                "a form with the token of another session",
                Paths.CART,
                FORM,
                lying + "X-CSRF-Token: " + others + "\r\n",
                "item=evil"));
        attacks.add(new Attack(
                "a sign-out by a link", "GET " + Paths.SIGN_OUT + "?_method=POST", cookies, "", Attack.NOWHERE));
        return attacks;
    }

    private static List<Attack> floods(Stolen victim, Random random) {
        String bad = Jar.TICKET + "=" + Forgery.changed(victim.ticket(), random);
        StringBuilder crowd = new StringBuilder("Cookie: " + bad);
        for (int i = 0; i < MANY_COOKIES; i++) {
            crowd.append("; c").append(i).append("=1");
        }
        return List.of(
                Attack.lines("hundreds of cookies", crowd + "\r\n", Attack.STRANGER),
                Attack.lines("many tickets", "Cookie: " + (bad + "; ").repeat(20) + bad + "\r\n", Attack.UNREADABLE),
                Attack.lines("a head past the limit", "X-Flood: " + "a".repeat(LONG_HEAD) + "\r\n", Attack.TOO_LARGE),
                Attack.lines("hundreds of header lines", "X-Flood: a\r\n".repeat(LONG_HEAD / 12), Attack.TOO_LARGE),
                Attack.lines("a folded line", "Cookie: a=1;\r\n " + bad + "\r\n", Attack.UNREADABLE),
                Attack.lines(
                        "a cookie with bytes that are no text",
                        "Cookie: " + bad + "\u00ff\u0001\r\n",
                        Attack.UNREADABLE),
                new Attack(
                        "two lengths",
                        "POST " + Paths.CART,
                        "Content-Length: 4\r\nContent-Length: 9\r\n",
                        "item=evil",
                        Attack.UNREADABLE),
                new Attack("garbage for a request", noise(random), "", "", Attack.UNREADABLE));
    }

    private static String noise(Random random) {
        StringBuilder noise = new StringBuilder("\u0016\u0003");
        for (int i = 0; i < 200; i++) {
            noise.append((char) (128 + random.nextInt(128)));
        }
        return noise.toString();
    }
}
