package dev.signet.fuzzing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.Verification;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The seeds are accepted, so that what is changed of them is refused for the change. */
class SeedsTest {
    @Test
    void of_tickets_are_sessions() throws IOException {
        for (String seed : new String[] {"plain", "full"}) {
            byte[] claims = seed("ClaimsFuzzTest", "of_a_ticket_are_a_session_or_refused/" + seed);

            assertThat(Target.SESSIONS.verify(Target.FORGE.seal("st1+jwt", "", claims)))
                    .as(seed)
                    .isInstanceOf(Verification.Active.class);
        }
    }

    @Test
    void of_visitors_are_visitors() throws IOException {
        byte[] claims = seed("ClaimsFuzzTest", "of_a_visitor_are_a_visitor_or_refused/plain");

        assertThat(Target.SESSIONS
                        .verifyVisitor(Target.FORGE.seal("sv1+jwt", "", claims))
                        .active())
                .hasValueSatisfying(session -> assertThat(session.isVisitor()).isTrue());
    }

    @Test
    void of_slots_are_values() throws IOException {
        byte[] claims = seed("SlotFuzzTest", "any_claims_are_a_value_or_absent/plain");

        assertThat(SlotFuzzTest.read("__Host-session.cart=" + Target.FORGE.seal("ss1+jwt", "cart", claims)))
                .isEqualTo(new SlotFuzzTest.Cart(List.of("Wax ä"), Map.of("a", 1), 12, true));
    }

    private static byte[] seed(String target, String name) throws IOException {
        try (InputStream in = SeedsTest.class.getResourceAsStream(target + "Inputs/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }
}
