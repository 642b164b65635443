package dev.signet.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signet.Keeps;
import dev.signet.MovableClock;
import dev.signet.TestKeys;
import dev.signet.Tries;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every kind of token under one ring, presented as every other one. */
@Keeps({"T5", "T6", "K3"})
@Tries(28)
class KindsTest {
    private final HeldKeys keys =
            new HeldKeys(TestKeys.ring(TestKeys.secret("k1", 1), TestKeys.ecdsa("s1", 0)), MovableClock.atNoon());
    private final Map<String, TokenCodec> codecs = codecs();

    private Map<String, TokenCodec> codecs() {
        Map<String, TokenCodec> all = new LinkedHashMap<>();
        all.put("readable", Tokens.readable(keys));
        put(all, "plain", new Tokens(keys, "app", "session", false));
        put(all, "nested", new Tokens(keys, "app", "session", true));
        put(all, "plain of another session name", new Tokens(keys, "app", "admin", false));
        put(all, "nested of another session name", new Tokens(keys, "app", "admin", true));
        put(all, "plain of another application", new Tokens(keys, "shop", "session", false));
        put(all, "nested of another application", new Tokens(keys, "shop", "session", true));
        return all;
    }

    private static void put(Map<String, TokenCodec> all, String what, Tokens tokens) {
        all.put(what + " ticket", tokens.tickets());
        all.put(what + " visitor", tokens.visitors());
        all.put(what + " slot cart", tokens.slots("cart"));
        all.put(what + " slot theme", tokens.slots("theme"));
    }

    @Test
    void each_opens_its_own_and_no_other() {
        assertThat(codecs).hasSize(25);
        codecs.forEach((made, making) -> {
            String token = making.seal(Trees.writing(Trees.ANY), MovableClock.NOON);
            codecs.forEach((opened, opening) -> {
                Opened<JsonNode> result = opening.open(token, MovableClock.NOON, Trees::read);
                assertThat(result.value() != null)
                        .as("%s, presented as %s: %s", made, opened, result.refusal())
                        .isEqualTo(made.equals(opened));
            });
        });
    }

    @Test
    void lengths_that_only_a_separator_tells_apart_share_no_key() {
        Purpose one = new Purpose("ab", "c", TokenKind.SLOT, "d");
        Purpose other = new Purpose("a", "bc", TokenKind.SLOT, "d");

        assertThat(one.info()).isNotEqualTo(other.info());
        assertThat(one.context()).isNotEqualTo(other.context());
    }
}
