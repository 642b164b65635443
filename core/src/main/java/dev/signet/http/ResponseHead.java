package dev.signet.http;

import java.util.List;
import java.util.Set;

/** The headers of a response that is about to be committed. */
public interface ResponseHead {
    /** Every line of this header; empty when there is none. */
    List<String> headers(String name);

    /** Replaces every line of this header by one. */
    void set(String name, String value);

    /** Adds a line. */
    void add(String name, String value);

    /** Removes every line of these headers, whose names are given in lower case and matched without regard to case. */
    void remove(Set<String> names);
}
