package dev.signet.sample;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A piece of HTML. Everything that is put into one is escaped, unless it is a piece of HTML itself. Immutable. */
final class Html {
    static final Html NONE = new Html("");

    private final String markup;

    private Html(String markup) {
        this.markup = markup;
    }

    /**
     * Fills the {@code %s} of a template. They may stand between tags and inside of quoted attributes, but not where a
     * browser expects a script, a style or an address.
     */
    static Html of(String template, Object... parts) {
        return new Html(template.formatted(Arrays.stream(parts)
                .map(part -> part instanceof Html html ? html.markup : escape(part.toString()))
                .toArray()));
    }

    /** Takes a text that is HTML already. */
    static Html trusted(String markup) {
        return new Html(markup);
    }

    static <T> Html each(List<T> values, Function<T, Html> piece) {
        return new Html(values.stream().map(piece).map(Html::toString).collect(Collectors.joining("\n")));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    @Override
    public String toString() {
        return markup;
    }
}
