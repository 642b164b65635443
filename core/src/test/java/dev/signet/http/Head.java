package dev.signet.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The headers of a response in memory. */
final class Head implements ResponseHead {
    private final Map<String, List<String>> lines = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    @Override
    public List<String> headers(String name) {
        return List.copyOf(lines.getOrDefault(name, List.of()));
    }

    @Override
    public void set(String name, String value) {
        lines.put(name, new ArrayList<>(List.of(value)));
    }

    @Override
    public void add(String name, String value) {
        lines.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
    }

    @Override
    public void remove(Set<String> names) {
        lines.keySet().removeIf(name -> names.contains(name.toLowerCase(Locale.ROOT)));
    }

    Map<String, List<String>> all() {
        return lines;
    }
}
