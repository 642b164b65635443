package dev.signet.trials;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/** Tickets that were changed, and must not open. */
final class Forgery {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    static final String VICTIM = "p0-0";
    /** Headers that other libraries believed: no algorithm, weaker ones, keys that come along, compression. */
    private static final List<String> HEADERS = List.of(
            "{\"alg\":\"none\"}",
            "{\"alg\":\"nOnE\"}",
            "{\"alg\":\"HS256\",\"typ\":\"JWT\"}",
            "{\"alg\":\"dir\",\"enc\":\"A128GCM\",\"kid\":\"first\"}",
            "{\"alg\":\"dir\",\"enc\":\"A128CBC-HS256\",\"kid\":\"first\"}",
            "{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"kid\":\"first\",\"zip\":\"DEF\"}",
            "{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"kid\":\"first\",\"crit\":[\"b64\"],\"b64\":false}",
            "{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"kid\":\"../../../../dev/null\"}",
            "{\"alg\":\"PBES2-HS256+A128KW\",\"enc\":\"A256GCM\",\"p2c\":2000000000,\"p2s\":\"c2FsdA\"}",
            "{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"jku\":\"http://127.0.0.1:9/keys\",\"kid\":\"first\"}",
            "{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"kid\":");

    private Forgery() {}

    static String changed(String ticket, Random random) {
        int at = random.nextInt(ticket.length());
        char was = ticket.charAt(at);
        char is = was;
        while (is == was) {
            is = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
        }
        return ticket.substring(0, at) + is + ticket.substring(at + 1);
    }

    static String shortened(String ticket, Random random) {
        return ticket.substring(0, 1 + random.nextInt(ticket.length() - 1));
    }

    /** The same bytes to a decoder that is lenient. */
    static String respelled(String ticket, Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> ticket + "=";
            case 1 -> ticket.replaceFirst("\\.", "%2e");
            case 2 -> '"' + ticket + '"';
            default -> ticket + "!";
        };
    }

    /** Another header before the parts that were sealed under the true one, and in a third of all cases before readable claims. */
    static String downgraded(String ticket, Random random) {
        String header = base64(HEADERS.get(random.nextInt(HEADERS.size())));
        return random.nextInt(3) == 0
                ? header + "." + base64("{\"sub\":\"" + VICTIM + "\",\"exp\":4102444800}") + "."
                : header + ticket.substring(ticket.indexOf('.'));
    }

    static String garbage(Random random) {
        StringBuilder text = new StringBuilder();
        int length = 1 + random.nextInt(3_000);
        for (int i = 0; i < length; i++) {
            text.append(random.nextInt(40) == 0 ? '.' : ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
