package dev.signet.benchmarks;

/** One way to make a token of content and content of a token. Used by one thread unless it says more. */
public interface Peer {
    String seal(Content content) throws Exception;

    /**
     * The content of a token that is authentic and has not expired.
     *
     * @throws Exception if it is anything else
     */
    Content open(String token) throws Exception;
}
