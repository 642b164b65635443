package dev.signet.benchmarks;

import dev.signet.http.Exchange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request with this {@code Cookie} header. */
record Browser(List<String> cookies) implements Exchange {
    Browser(String cookies) {
        this(List.of(cookies));
    }

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public List<String> headers(String name) {
        return name.equals("Cookie") ? cookies : List.of();
    }

    @Override
    public @Nullable String formField(String name) {
        return null;
    }
}
