package dev.signet.keys;

/** The one-line shell command that makes a good key ring where a source looks for it. */
final class NewRing {
    private static final String PRINT =
            "printf '{\"keys\":[{\"kty\":\"oct\",\"k\":\"%s\"}]}\\n' \"$(head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\\n')\"";

    private NewRing() {}

    static String command() {
        return PRINT;
    }

    static String command(KeySource source) {
        if (source instanceof FileSource file) {
            return "(umask 077; " + PRINT + " > " + file.quotedPath() + ")";
        }
        if (source instanceof EnvironmentSource environment) {
            return "export " + environment.variable() + "=\"$(" + PRINT + ")\"";
        }
        return PRINT;
    }
}
