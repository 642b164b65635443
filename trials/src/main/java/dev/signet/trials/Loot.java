package dev.signet.trials;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/** Live cookies of honest people, which attackers change, and send where the browser of a lured victim would send them. Thread-safe. */
final class Loot {
    private final Map<String, Stolen> byPerson = new ConcurrentHashMap<>();

    /**
     * The cookies of somebody signed in.
     *
     * @param header all of them
     * @param cart the sealed slot; empty if there is none
     */
    record Stolen(String header, String ticket, Optional<String> cart) {}

    void put(String person, Stolen cookies) {
        byPerson.put(person, cookies);
    }

    void remove(String person) {
        byPerson.remove(person);
    }

    Optional<Stolen> any(Random random) {
        List<Stolen> all = List.copyOf(byPerson.values());
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
    }
}
