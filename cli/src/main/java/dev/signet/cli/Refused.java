package dev.signet.cli;

/** What was asked for cannot be done, and nothing was changed. Its message is one line for whoever typed the command. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refused(String message) {
        super(message);
    }
}
