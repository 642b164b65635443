package dev.signet.sample;

import java.util.ArrayList;
import java.util.List;

/** What somebody wants to buy, in the order in which they chose it. Immutable. */
record Cart(List<String> items) {
    static final Cart EMPTY = new Cart(List.of());

    Cart {
        items = List.copyOf(items);
    }

    Cart with(String item) {
        List<String> more = new ArrayList<>(items);
        more.add(item);
        return new Cart(more);
    }
}
