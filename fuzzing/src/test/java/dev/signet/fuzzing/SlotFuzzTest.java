package dev.signet.fuzzing;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.signet.Forge;
import dev.signet.Slot;
import dev.signet.http.WebSession;
import dev.signet.http.WebSessions;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;

/** What comes in under a slot's name is its value or nothing. */
class SlotFuzzTest {
    record Cart(List<String> items, Map<String, Integer> counts, long total, boolean gift) {
        static final Cart EMPTY = new Cart(List.of(), Map.of(), 0, false);
    }

    private static final Slot<Cart> CART =
            Slot.of("cart", Cart.class, Cart.EMPTY).atMost(3000);
    private static final Slot<String> NOTE = Slot.text("note");
    private static final WebSessions WEB =
            WebSessions.with(Target.SESSIONS).slots(List.of(CART, NOTE)).build();

    static Cart read(String slot) {
        Answered request = new Answered(List.of("__Host-session=" + Target.TICKET + "; " + slot));
        WebSession session = WEB.open(request);
        Target.require(session.subject().equals("ada"), "a slot ends no session");
        Cart cart = session.get(CART);
        String note = session.get(NOTE);
        Target.require(cart != null && note != null, "a slot always has a value");
        session.commit(request);
        request.requireSound();
        return cart;
    }

    @FuzzTest
    void any_text_reads_as_absent(byte[] data) {
        read("__Host-session.cart=" + Target.latin(data).replaceAll("[;\\r\\n]", "."));
    }

    @FuzzTest
    void any_claims_are_a_value_or_absent(byte[] claims) {
        read("__Host-session.cart=" + Target.FORGE.seal("ss1+jwt", "cart", claims));
    }

    @FuzzTest
    void any_data_is_a_value_or_absent(byte[] data) {
        ByteArrayOutputStream claims = new ByteArrayOutputStream();
        claims.writeBytes(
                Forge.utf8("{\"sid\":\"" + Target.SID + "\",\"iat\":1772366400,\"exp\":1772409600,\"data\":"));
        claims.writeBytes(data);
        claims.writeBytes(Forge.utf8("}"));
        read("__Host-session.cart=" + Target.FORGE.seal("ss1+jwt", "cart", claims.toByteArray()));
        read("__Host-session.note=" + Target.FORGE.seal("ss1+jwt", "note", claims.toByteArray()));
    }
}
