package dev.signet.token;

import dev.signet.keys.Key;
import dev.signet.keys.KeyRing;
import dev.signet.keys.KeySource;
import dev.signet.keys.PublicKeys;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key ring as this process holds it: follows its source, knows since when it has had each key, and looks once more when a token names a key it does
 * not have. Thread-safe.
 */
public final class HeldKeys implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HeldKeys.class);
    private static final int RELOADS_IN_A_ROW = 3;
    private static final int LONGEST_MEMORY_OF_STRANGERS = 1024;
    private static final Duration LONGEST_WAIT = Duration.ofMillis(250);

    private final InstantSource clock;
    private final @Nullable KeySource source;
    private final Set<String> soughtInVain = new HashSet<>();
    private final @Nullable ScheduledExecutorService poller;
    private final ReentrantLock reloading = new ReentrantLock();
    private volatile Held held;
    private int reloadsLeft = RELOADS_IN_A_ROW;
    private Instant lastRefill;
    private boolean sourceFails;

    /** One state of the ring; a change of the ring makes a new one, and everything derived from the old one is forgotten with it. */
    static final class Held {
        final KeyRing ring;
        final Map<String, Instant> since;
        final SealingKeys sealingKeys = new SealingKeys();
        volatile @Nullable Primary primary;

        Held(KeyRing ring, Map<String, Instant> since) {
            this.ring = ring;
            this.since = since;
        }

        Instant since(Key key) {
            return since.getOrDefault(key.id(), Instant.MAX);
        }
    }

    /** The key that encrypts from one moment until just before another, when a key's time comes or ends. */
    record Primary(Key key, Instant from, Instant until) {
        boolean at(Instant now) {
            return now.isBefore(until) && !now.isBefore(from);
        }
    }

    public HeldKeys(KeyRing ring, InstantSource clock) {
        this.clock = clock;
        this.source = ring.source().orElse(null);
        this.held = new Held(ring, sinceAlways(ring));
        this.lastRefill = clock.instant();
        this.poller = source == null ? null : follow(source.pollInterval());
    }

    private static Map<String, Instant> sinceAlways(KeyRing ring) {
        Map<String, Instant> since = new HashMap<>();
        ring.keys().forEach(key -> since.put(key.id(), Instant.MIN));
        return since;
    }

    private ScheduledExecutorService follow(Duration interval) {
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "signet-keys");
            thread.setDaemon(true);
            return thread;
        });
        Future<?> unused = executor.scheduleWithFixedDelay(
                this::refresh, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
        return executor;
    }

    public KeyRing ring() {
        return held.ring;
    }

    /** What others need to verify what these keys sign. A ring without a source changes with a new start only, so its default interval is as good as any. */
    public PublicKeys published(Instant now) {
        KeySource interval = source == null ? () -> "" : source;
        return PublicKeys.of(ring(), now, interval.pollInterval());
    }

    Held held() {
        return held;
    }

    /** The primary: the key that encrypts now. */
    public Key sealing(Instant now) {
        Held current = held;
        Primary primary = current.primary;
        if (primary == null || !primary.at(now)) {
            Key key = primary(current, Key.Use.ENCRYPTION, now)
                    .orElseThrow(() -> new IllegalStateException(
                            "the key ring has no key that may encrypt: add one, or set a new key's nbf earlier"));
            primary = new Primary(key, now, nextChange(current, now));
            current.primary = primary;
        }
        return primary.key();
    }

    /** When another key may become the primary at the earliest. */
    private Instant nextChange(Held current, Instant now) {
        Duration wait = waitForOthers();
        return current.ring.keys().stream()
                .flatMap(key -> Stream.of(
                        key.sealsFrom(),
                        key.acceptedUntil().orElse(Instant.MAX),
                        current.since(key).plus(wait)))
                .filter(change -> change.isAfter(now))
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }

    private Duration waitForOthers() {
        return source == null ? Duration.ZERO : source.pollInterval().multipliedBy(2);
    }

    /** The key that signs now. */
    public Key signing(Instant now) {
        return primary(held, Key.Use.SIGNING, now)
                .orElseThrow(() -> new IllegalStateException(
                        "the key ring has no key that may sign: add an EC P-256 or Ed25519 private key"));
    }

    /**
     * The latest key whose time has come and that this process has held for two polling intervals, since by then every other process has it too;
     * when there is none of those, the one it has held for longest.
     */
    private Optional<Key> primary(Held current, Key.Use use, Instant now) {
        Instant heldLongEnough = now.minus(waitForOthers());
        Optional<Key> everywhere = current.ring.keys().stream()
                .filter(key -> mayAct(key, use, now))
                .filter(key -> !current.since(key).isAfter(heldLongEnough))
                .max(Comparator.comparing(Key::sealsFrom)
                        .thenComparing(Key::madeAt)
                        .thenComparing(Key::id));
        return everywhere.or(() -> current.ring.keys().stream()
                .filter(key -> mayAct(key, use, now))
                .min(Comparator.comparing(current::since).thenComparing(Key::id)));
    }

    private static boolean mayAct(Key key, Key.Use use, Instant now) {
        return key.use() == use && key.acceptedAt(now) && !key.sealsFrom().isAfter(now);
    }

    /** The key of this id, if the ring has it or has it after one more look at its source; empty for strangers, at a bounded cost. */
    public Optional<Key> find(String keyId) {
        Optional<Key> key = held.ring.key(keyId);
        return key.isPresent() || source == null ? key : seek(keyId);
    }

    /** Whoever has to wait for a slow source takes the key for unknown instead. */
    private Optional<Key> seek(String keyId) {
        if (!awaitTurn()) {
            return held.ring.key(keyId);
        }
        try {
            Optional<Key> key = held.ring.key(keyId);
            if (key.isPresent() || soughtInVain.contains(keyId) || !takeReload()) {
                return key;
            }
            refresh();
            key = held.ring.key(keyId);
            if (key.isEmpty() && soughtInVain.size() < LONGEST_MEMORY_OF_STRANGERS) {
                soughtInVain.add(keyId);
            }
            return key;
        } finally {
            reloading.unlock();
        }
    }

    private boolean awaitTurn() {
        try {
            return reloading.tryLock(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean takeReload() {
        Instant now = clock.instant();
        Duration interval = source == null ? Duration.ZERO : source.pollInterval();
        if (!now.isBefore(lastRefill.plus(interval))) {
            reloadsLeft = RELOADS_IN_A_ROW;
            lastRefill = now;
        }
        return reloadsLeft-- > 0;
    }

    /** Reads the source again. A source that cannot be read or used changes nothing; it is logged when that begins and when it ends. */
    public void refresh() {
        if (source == null) {
            return;
        }
        reloading.lock();
        try {
            reload(source);
        } finally {
            reloading.unlock();
        }
    }

    private void reload(KeySource from) {
        try {
            KeyRing fresh = KeyRing.parse(from.read()).withLongestLifetime(held.ring.longestLifetime());
            requireAsAbleAs(held.ring, fresh);
            adopt(fresh);
            if (sourceFails) {
                LOG.info("The {} can be read again", from.describe());
            }
            sourceFails = false;
        } catch (Throwable unusable) { // The poller outlives whatever a source throws.
            if (!sourceFails) {
                LOG.warn(
                        "The {} cannot be used; the keys held so far stay in use: {}",
                        from.describe(),
                        unusable instanceof Error ? unusable.toString() : unusable.getMessage());
            }
            sourceFails = true;
        }
    }

    /** A ring that lost what this application does with it is a mistake in the source, not a rotation. */
    private void requireAsAbleAs(KeyRing before, KeyRing fresh) {
        Instant now = clock.instant();
        if (able(before, Key.Use.ENCRYPTION, now) && !able(fresh, Key.Use.ENCRYPTION, now)) {
            throw new IllegalArgumentException("it has no key any more that may encrypt now");
        }
        if (able(before, Key.Use.SIGNING, now) && !able(fresh, Key.Use.SIGNING, now)) {
            throw new IllegalArgumentException("it has no key any more that may sign now");
        }
        if (before.verifyingOnly() && fresh.keys().stream().allMatch(key -> key.use() == Key.Use.ENCRYPTION)) {
            throw new IllegalArgumentException("it has no key any more that verifies");
        }
    }

    private static boolean able(KeyRing ring, Key.Use use, Instant now) {
        return ring.keys().stream().anyMatch(key -> mayAct(key, use, now));
    }

    private void adopt(KeyRing fresh) {
        Held old = held;
        if (fresh.exportSecretJwkSet().equals(old.ring.exportSecretJwkSet())) {
            return;
        }
        Map<String, Instant> since = new HashMap<>();
        for (Key key : fresh.keys()) {
            since.put(key.id(), old.since.getOrDefault(key.id(), clock.instant()));
        }
        held = new Held(fresh, since);
        soughtInVain.clear();
        LOG.info("The key ring changed: {}", fresh);
    }

    @Override
    public void close() {
        if (poller != null) {
            poller.shutdownNow();
        }
    }
}
