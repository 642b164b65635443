package dev.signet.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an adapter for a web framework tells about one request. May be asked from any thread that works on the request. */
public interface Exchange {
    /** The method that the application routes by, which may differ from that of the request line where overrides are honoured. */
    String method();

    /** Every line of this header as it was received, in order; empty when there is none. The name is matched without regard to case. */
    List<String> headers(String name);

    /**
     * The field of an {@code application/x-www-form-urlencoded} body, or null. Asked at most for the CSRF token, and only when no header brought one; any
     * other body must be left unread.
     */
    @Nullable
    String formField(String name);
}
