package dev.signet;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The limits of what a ticket says about a person. */
final class Identity {
    static final int LONGEST_SUBJECT = 255;
    private static final int LARGEST_FACTS = 1024;

    private Identity() {}

    static String requireSubject(String subject) {
        if (subject.isEmpty() || subject.length() > LONGEST_SUBJECT) {
            throw new IllegalArgumentException(
                    "a subject of " + subject.length() + " characters: use 1 to " + LONGEST_SUBJECT);
        }
        utf8Length(subject, "the subject");
        return subject;
    }

    static void requireSmall(Set<String> roles, List<String> amr, Map<String, String> facts) {
        if (facts.containsKey("roles") || facts.containsKey("amr")) {
            throw new IllegalArgumentException("a fact called roles or amr: use roles(…) or amr(…)");
        }
        int size = length(roles) + length(amr) + length(facts.keySet()) + length(facts.values());
        if (size > LARGEST_FACTS) {
            throw new IllegalArgumentException("roles, amr and facts of " + size + " bytes: a ticket holds up to "
                    + LARGEST_FACTS + "; keep names short and state in slots");
        }
    }

    private static int length(Collection<String> texts) {
        if (texts.contains("")) {
            throw new IllegalArgumentException("an empty role, amr or fact: leave it out");
        }
        return texts.stream()
                .mapToInt(text -> utf8Length(text, "a role, amr or fact") + 3)
                .sum();
    }

    /** Whether every surrogate has its other half: what has not cannot be written as UTF-8 again. */
    static boolean isText(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return StandardCharsets.UTF_8.newEncoder().canEncode(text);
            }
        }
        return true;
    }

    private static int utf8Length(String text, String what) {
        try {
            return StandardCharsets.UTF_8
                    .newEncoder()
                    .encode(CharBuffer.wrap(text))
                    .remaining();
        } catch (CharacterCodingException unpaired) {
            throw new IllegalArgumentException(what + " has half a surrogate pair, which is not text");
        }
    }
}
