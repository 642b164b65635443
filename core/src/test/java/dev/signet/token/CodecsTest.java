package dev.signet.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.MovableClock;
import dev.signet.TestKeys;
import dev.signet.Tries;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The codecs that are kept for each purpose: strangers name slots in cookies, so there is an end to it. */
class CodecsTest {
    private final Tokens tokens =
            new Tokens(new HeldKeys(TestKeys.ring(), MovableClock.atNoon()), "app", "session", false);

    @Test
    @Tries(14)
    void are_kept_for_256_names_and_made_anew_past_that() {
        TokenCodec ticket = tokens.tickets();
        TokenCodec first = tokens.slots("first");
        IntStream.range(0, 10_000).forEach(i -> tokens.slots("slot" + i));

        assertThat(tokens.tickets()).isSameAs(ticket);
        assertThat(tokens.slots("first")).isSameAs(first);
        assertThat(IntStream.range(0, 10_000).filter(i -> isKept("slot" + i)).count())
                .isEqualTo(255);
    }

    private boolean isKept(String slot) {
        TokenCodec codec = tokens.slots(slot);
        return codec == tokens.slots(slot);
    }

    @Test
    void past_that_they_work_as_well() {
        IntStream.range(0, 300).forEach(i -> tokens.slots("slot" + i));

        String token = tokens.slots("late").seal(Trees.writing(Trees.ANY), MovableClock.NOON);

        assertThat(tokens.slots("late")
                        .open(token, MovableClock.NOON, Trees::read)
                        .value())
                .isEqualTo(Trees.ANY);
        assertThat(tokens.slots("later")
                        .open(token, MovableClock.NOON, Trees::read)
                        .value())
                .isNull();
    }
}
