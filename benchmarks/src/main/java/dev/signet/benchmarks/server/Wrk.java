package dev.signet.benchmarks.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Load by {@code wrk}: one thread, and connections that each ask again as soon as they were answered. */
final class Wrk {
    static final int CONNECTIONS = 16;

    private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in ");
    private static final Pattern PER_SECOND = Pattern.compile("Requests/sec:\\s+([\\d.]+)");

    /** What was answered. */
    record Answered(long requests, double perSecond) {}

    private Wrk() {}

    /** @throws IllegalStateException if any answer was an error */
    static Answered load(int port, String cookies, int seconds) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("wrk", "-t1", "-c" + CONNECTIONS, "-d" + seconds + "s"));
        if (!cookies.isEmpty()) {
            command.addAll(List.of("-H", "Cookie: " + cookies));
        }
        command.add("http://127.0.0.1:" + port + "/me");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("wrk failed: " + output);
        }
        return read(output);
    }

    static Answered read(String output) {
        if (output.contains("Non-2xx") || output.contains("Socket errors")) {
            throw new IllegalStateException("some requests were not answered as they should be: " + output);
        }
        return new Answered(Long.parseLong(find(REQUESTS, output)), Double.parseDouble(find(PER_SECOND, output)));
    }

    private static String find(Pattern pattern, String output) {
        Matcher matcher = pattern.matcher(output);
        if (!matcher.find()) {
            throw new IllegalStateException("wrk said something unexpected: " + output);
        }
        return matcher.group(1);
    }
}
