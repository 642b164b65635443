package dev.signet.benchmarks;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What every peer seals and opens: who somebody is, until when, and some state of theirs.
 *
 * @param issuedAt seconds since the epoch
 * @param expires seconds since the epoch
 */
public record Content(String sid, String subject, long issuedAt, long expires, State state) {
    /** State as an application keeps it: settings and a cart. */
    public record State(String theme, String locale, String note, List<Item> cart) {
        public static final State EMPTY = new State("", "", "", List.of());

        public State {
            cart = List.copyOf(cart);
        }
    }

    public record Item(String sku, String name, int quantity, long cents) {}

    private static final List<String> GOODS = List.of(
            "Brass sextant",
            "Oil lamp",
            "Sea chart 7",
            "Tar bucket",
            "Wool blanket",
            "Spyglass",
            "Signal flag",
            "Rope");

    /** Content of exactly this size as JSON, good for the next hours. */
    public static Content of(Size size) {
        long now = Instant.now().getEpochSecond();
        Content content = new Content(
                "Zm9yZXZlci1hbmQtYS1kYQ",
                "ada-1815",
                now,
                now + Duration.ofHours(12).toSeconds(),
                new State("dark", "en-GB", "", List.of()));
        for (Content next = content; length(next) <= size.bytes(); next = next.withOneMoreItem()) {
            content = next;
        }
        Content padded = content.withNote("x".repeat(size.bytes() - length(content)));
        if (length(padded) != size.bytes()) {
            throw new IllegalStateException("content of " + length(padded) + " bytes instead of " + size.bytes());
        }
        return padded;
    }

    private static int length(Content content) {
        return ContentJson.text(content).getBytes(StandardCharsets.UTF_8).length;
    }

    private Content withOneMoreItem() {
        int number = state.cart().size();
        List<Item> cart = new ArrayList<>(state.cart());
        String name = GOODS.get(number % GOODS.size());
        cart.add(new Item("A-" + (10042 + 37 * number), name, 1 + number % 4, 250 + 1111L * number));
        return with(new State(state.theme(), state.locale(), state.note(), cart));
    }

    private Content withNote(String note) {
        return with(new State(state.theme(), state.locale(), note, state.cart()));
    }

    /** The same person with another state. */
    public Content with(State other) {
        return new Content(sid, subject, issuedAt, expires, other);
    }

    /** The same, if it is still good: what every opener checks. */
    public Content unlessExpired() {
        return unlessExpiredAt(System.currentTimeMillis() / 1000);
    }

    /** The same for openers that were told the time, in seconds since the epoch. */
    public Content unlessExpiredAt(long now) {
        if (now >= expires) {
            throw new IllegalStateException("expired");
        }
        return this;
    }
}
