package dev.signet.trials;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;

/** What is sent to processes of our own. */
final class Signals {
    private Signals() {}

    static void stop(List<ProcessHandle> processes) {
        send("-STOP", processes);
    }

    static void resume(List<ProcessHandle> processes) {
        send("-CONT", processes);
    }

    /** {@code kill -9}, in that order; returns when all have ended. */
    static void kill(List<ProcessHandle> processes) {
        processes.forEach(ProcessHandle::destroyForcibly);
        processes.forEach(process -> process.onExit().join());
    }

    private static void send(String signal, List<ProcessHandle> processes) {
        String[] command = Stream.concat(
                        Stream.of("kill", signal), processes.stream().map(process -> Long.toString(process.pid())))
                .toArray(String[]::new);
        try {
            new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
