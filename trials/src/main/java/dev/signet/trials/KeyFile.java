package dev.signet.trials;

import dev.signet.keys.KeyRing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The key ring file of a run, which whoever runs the application rotates as the README says: another key, which seals when every process has it. The file is
 * replaced in one step. Thread-safe.
 */
final class KeyFile {
    /** More than the 20 seconds for which a process holds a key before it seals with it. */
    private static final Duration NOTICE = Duration.ofSeconds(30);

    /** More than the 10 seconds between two looks at the file. */
    private static final Duration NOTICED = Duration.ofSeconds(20);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path file;
    private final String leaked = key("leaked", Instant.EPOCH);
    private final List<String> keys = new ArrayList<>();
    private @Nullable Instant leakClosed;

    KeyFile(Path file) {
        this.file = file;
        keys.add(key("first", Instant.ofEpochSecond(1)));
        write();
    }

    private static String key(String id, Instant sealsFrom) {
        byte[] secret = new byte[32];
        RANDOM.nextBytes(secret);
        return String.format(
                "{\"kty\":\"oct\",\"kid\":\"%s\",\"nbf\":%d,\"k\":\"%s\"}",
                id,
                sealsFrom.getEpochSecond(),
                Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    Path path() {
        return file;
    }

    /** Adds a key. The first time, a key is removed with it: what it sealed is refused when every process has noticed. */
    synchronized void rotate() {
        leakClosed = leakClosed == null ? Instant.now() : leakClosed;
        keys.add(key("r" + keys.size(), Instant.now().plus(NOTICE)));
        write();
    }

    /** The ring as it is now, for whoever forges with the right keys. */
    synchronized KeyRing ring() {
        return KeyRing.parse(set(keys));
    }

    /** The key that was removed with the first rotation, once every process has noticed. */
    synchronized Optional<KeyRing> removed() {
        return leakClosed == null || Instant.now().isBefore(leakClosed.plus(NOTICED))
                ? Optional.empty()
                : Optional.of(leaked());
    }

    /** The key that will be removed, or was. */
    KeyRing leaked() {
        return KeyRing.parse(set(List.of(leaked)));
    }

    /** Another key of the same id as the first one. */
    static KeyRing impostor() {
        return KeyRing.parse(set(List.of(key("first", Instant.EPOCH))));
    }

    private static String set(List<String> keys) {
        return "{\"keys\":[" + String.join(",\n", keys) + "]}";
    }

    private void write() {
        List<String> all = new ArrayList<>(keys);
        if (leakClosed == null) {
            all.add(leaked);
        }
        try {
            Path draft = file.resolveSibling(file.getFileName() + ".new");
            Files.deleteIfExists(draft);
            Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(draft, set(all));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
