package dev.signet.sample;

/**
 * What is wrong with one field of a form: a sentence beside the field, and tied to it for those who hear the page. Immutable.
 *
 * @param field the id of the field; empty for {@link #NONE}
 */
record Mistake(String field, String sentence) {
    static final Mistake NONE = new Mistake("", "");

    /** Belongs into the tag of the field. */
    Html attributes() {
        return made() ? Html.of(" aria-invalid=\"true\" aria-describedby=\"%s-mistake\"", field) : Html.NONE;
    }

    /** Belongs after the field. */
    Html text() {
        return made() ? Html.of("<p class=\"mistake\" id=\"%s-mistake\">%s</p>", field, sentence) : Html.NONE;
    }

    boolean made() {
        return !field.isEmpty();
    }
}
