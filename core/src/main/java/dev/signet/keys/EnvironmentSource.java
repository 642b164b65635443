package dev.signet.keys;

import java.io.IOException;
import java.util.Map;

/** An environment variable that holds a key ring. Thread-safe. */
final class EnvironmentSource implements KeySource {
    private final String variable;
    private final Map<String, String> environment;

    EnvironmentSource(String variable, Map<String, String> environment) {
        if (!variable.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw new IllegalArgumentException("The name of an environment variable has only letters, digits and _; "
                    + "for a JWK Set that is already at hand use KeyRing.parse.");
        }
        this.variable = variable;
        this.environment = environment;
    }

    @Override
    public String read() throws IOException {
        String text = environment.get(variable);
        if (text == null) {
            throw new IOException("it is not set");
        }
        return text;
    }

    String variable() {
        return variable;
    }

    @Override
    public String describe() {
        return "environment variable " + variable;
    }

    @Override
    public String toString() {
        return describe();
    }
}
