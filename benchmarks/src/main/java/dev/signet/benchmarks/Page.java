package dev.signet.benchmarks;

import dev.signet.http.ResponseHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A response: its headers, and what it is about. */
public final class Page implements ResponseHead {
    private record Line(String name, String value) {}

    private final List<Line> lines = new ArrayList<>();
    private final List<Object> content = new ArrayList<>();

    Page about(Object subject) {
        content.add(subject);
        return this;
    }

    List<Object> content() {
        return content;
    }

    @Override
    public List<String> headers(String name) {
        List<String> values = new ArrayList<>(1);
        for (Line line : lines) {
            if (line.name().equalsIgnoreCase(name)) {
                values.add(line.value());
            }
        }
        return values;
    }

    @Override
    public void set(String name, String value) {
        lines.removeIf(line -> line.name().equalsIgnoreCase(name));
        add(name, value);
    }

    @Override
    public void add(String name, String value) {
        lines.add(new Line(name, value));
    }

    @Override
    public void remove(Set<String> names) {
        lines.removeIf(line -> names.contains(line.name().toLowerCase(Locale.ROOT)));
    }
}
