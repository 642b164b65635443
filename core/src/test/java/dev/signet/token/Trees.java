package dev.signet.token;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Random;

/** Claims of any content, as JSON trees. */
final class Trees {
    static final ObjectMapper JSON = new ObjectMapper();
    static final ObjectNode ANY = JSON.createObjectNode().put("any", 1);

    private Trees() {}

    static ClaimsWriter writing(JsonNode claims) {
        return out -> JSON.writeTree(out, claims);
    }

    static JsonNode read(JsonParser in, byte[] source) throws IOException {
        return JSON.readTree(in);
    }

    /** Names and texts of every plane and every escape, numbers of every size, lists and objects. */
    static ObjectNode random(Random random) {
        ObjectNode claims = JSON.createObjectNode();
        int members = random.nextInt(12);
        for (int i = 0; i < members; i++) {
            String name = i + text(random, 8);
            switch (random.nextInt(6)) {
                case 0 -> claims.put(name, random.nextLong());
                case 1 -> claims.put(name, random.nextBoolean());
                case 2 -> claims.putNull(name);
                case 3 -> claims.putArray(name).add(text(random, 20)).add(random.nextInt());
                case 4 -> claims.putObject(name).put(text(random, 5), text(random, 30));
                default -> claims.put(name, text(random, 60));
            }
        }
        return claims;
    }

    private static String text(Random random, int longest) {
        int length = random.nextInt(longest + 1);
        return random.ints(0, 0x20000)
                .filter(point -> point < 0xD800 || point > 0xDFFF)
                .map(point -> random.nextInt(4) == 0 ? point : ' ' + point % 95)
                .limit(length)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
