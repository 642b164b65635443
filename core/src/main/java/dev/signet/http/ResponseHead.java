package dev.signet.http;

import java.util.Collection;
import java.util.List;

/** The headers of a response that is about to be committed. */
public interface ResponseHead {
    /** Every line of this header; empty when there is none. */
    List<String> headers(String name);

    /** Replaces every line of this header by one. */
    void set(String name, String value);

    /** Adds a line. */
    void add(String name, String value);

    /** Removes every line of these headers. The names are matched without regard to case. */
    void remove(Collection<String> names);
}
