package dev.signet.trials;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What ties an application process to the driver: it ends with it, whose end it sees at its standard input. */
final class Lifeline {
    private static final Logger LOG = LoggerFactory.getLogger(Lifeline.class);

    private Lifeline() {}

    static void endWithTheDriver() {
        Thread watch = new Thread(Lifeline::watch, "watch the driver");
        watch.setDaemon(true);
        watch.start();
    }

    private static void watch() {
        try {
            System.in.readAllBytes();
        } catch (IOException e) {
            LOG.warn("The driver is gone", e);
        }
        Runtime.getRuntime().halt(0);
    }
}
