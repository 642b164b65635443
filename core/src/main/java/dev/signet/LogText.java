package dev.signet;

/** A name as logs may show it: on one line, of bounded length, without characters that a terminal obeys or that hide others. */
final class LogText {
    private static final int LONGEST = 64;

    private LogText() {}

    static String of(String name) {
        StringBuilder shown = new StringBuilder();
        for (int at = 0; at < name.length(); at += Character.charCount(name.codePointAt(at))) {
            if (shown.length() >= LONGEST) {
                return shown.append('…').toString();
            }
            append(shown, name.codePointAt(at));
        }
        return shown.toString();
    }

    private static void append(StringBuilder shown, int character) {
        switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED ->
                shown.append("\\u{").append(Integer.toHexString(character)).append('}');
            default -> shown.appendCodePoint(character);
        }
    }
}
