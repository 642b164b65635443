package dev.signet.http;

import dev.signet.Session;
import dev.signet.Sessions;
import dev.signet.Slot;
import dev.signet.SlotContent;
import dev.signet.SlotTooLarge;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The slots of one request: what came in is opened when it is asked for, what is written waits for the response. Not thread-safe. */
final class Shelf {
    private final WebSessions definition;
    private final Sessions sessions;
    private final Presented presented;
    /** Contents that came in; null of one whose value was read at once, as most are read only once. */
    private final Map<String, @Nullable Optional<SlotContent>> opened = new HashMap<>();

    private final Map<String, Optional<SlotContent>> written = new LinkedHashMap<>();
    private final Set<String> leaving = new HashSet<>();

    Shelf(WebSessions definition, Presented presented) {
        this.definition = definition;
        this.sessions = definition.sessions();
        this.presented = presented;
    }

    <T> T read(Slot<T> slot, @Nullable Session owner) {
        String name = slot.name();
        if (owner != null && !written.containsKey(name) && !opened.containsKey(name)) {
            List<String> tokens = presented.slot(name);
            if (tokens.size() == 1) {
                opened.put(name, null);
                return sessions.read(slot, tokens.get(0), owner).orElse(slot.initial());
            }
        }
        return content(name, owner)
                .flatMap(content -> sessions.value(slot, content))
                .orElse(slot.initial());
    }

    private Optional<SlotContent> content(String name, @Nullable Session owner) {
        Optional<SlotContent> pending = written.get(name);
        if (pending != null) {
            return pending;
        }
        return owner == null ? Optional.empty() : opened.computeIfAbsent(name, n -> open(n, owner));
    }

    private Optional<SlotContent> open(String name, Session owner) {
        List<SlotContent> readable = presented.slot(name).stream()
                .map(token -> sessions.open(name, token, owner))
                .flatMap(Optional::stream)
                .toList();
        return readable.size() == 1 ? Optional.of(readable.get(0)) : Optional.empty();
    }

    /** @throws SlotTooLarge if the value is over its slot's maximum or the budget of all cookies */
    <T> void write(Slot<T> slot, T value) {
        SlotContent content = sessions.content(slot, value);
        int size = definition.slotName(slot.name()).length() + sessions.sealedSize(content);
        int total = size + sizeWithout(slot.name());
        if (total > WebSessions.BUDGET) {
            throw new SlotTooLarge(
                    slot.name(),
                    total,
                    WebSessions.BUDGET,
                    "with the other cookies of this session; remove a slot or store less");
        }
        written.put(slot.name(), Optional.of(content));
    }

    void remove(String slot) {
        written.put(slot, Optional.empty());
    }

    private int sizeWithout(String slot) {
        int size = WebSessions.TICKET_RESERVE;
        for (String cookie : presented.cookies().names()) {
            String name = slotOf(cookie);
            if (name != null && !name.equals(slot) && !written.containsKey(name) && !leaving.contains(name)) {
                size += presented.cookies().size(cookie);
            }
        }
        for (Map.Entry<String, Optional<SlotContent>> write : written.entrySet()) {
            if (!write.getKey().equals(slot) && write.getValue().isPresent()) {
                size += definition.slotName(write.getKey()).length()
                        + sessions.sealedSize(write.getValue().get());
            }
        }
        return size;
    }

    private @Nullable String slotOf(String cookie) {
        String start = definition.slotName("");
        return cookie.startsWith(start) ? cookie.substring(start.length()) : null;
    }

    /** The names of the slots that came in, readable or not. */
    Set<String> received() {
        Set<String> slots = new HashSet<>();
        for (String cookie : presented.cookies().names()) {
            String slot = slotOf(cookie);
            if (slot != null) {
                slots.add(slot);
            }
        }
        return slots;
    }

    /** Takes these slots over to the next owner by writing them again; everything else that was written or read is the old owner's. */
    void keepOnly(Set<String> names, @Nullable Session owner) {
        for (String name : names) {
            Optional<SlotContent> content = content(name, owner);
            if (content.isPresent()) {
                written.put(name, content);
            }
        }
        keepWritesOf(names);
    }

    /** Takes everything over that came in readable or was written. */
    void keepAll(Session owner) {
        Set<String> all = received();
        all.addAll(written.keySet());
        keepOnly(all, owner);
    }

    /** Leaves what came in to be read by the next owner, and drops what was written to other slots. */
    void keepWritesOf(Set<String> names) {
        written.keySet().retainAll(names);
        opened.clear();
    }

    /** Has this response delete what came in, but these: it is not the next owner's. */
    void leaveBehind(Set<String> butThese) {
        leaving.addAll(received());
        leaving.removeAll(butThese);
    }

    /** The slots whose cookies are deleted unless they are written. */
    Set<String> leaving() {
        return leaving;
    }

    /** Drops whatever was written, a flash too: it was somebody else's. */
    void dropWrites() {
        written.clear();
        opened.clear();
    }

    /** Whether there is a value to write, not only slots to remove. */
    boolean holdsWrites() {
        return written.values().stream().anyMatch(Optional::isPresent);
    }

    /** What to write, by slot; empty means to remove. */
    Map<String, Optional<SlotContent>> written() {
        return written;
    }
}
