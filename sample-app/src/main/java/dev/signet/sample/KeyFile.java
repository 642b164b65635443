package dev.signet.sample;

import dev.signet.keys.KeyRing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file with the keys, made at the first start so that the sample runs at once. For production, make it once and by hand
 * for all instances.
 */
final class KeyFile {
    private static final Logger LOG = LoggerFactory.getLogger(KeyFile.class);

    private KeyFile() {}

    /** @throws IllegalArgumentException if there is a file, but not with a good key ring */
    static KeyRing loadOrCreate(Path file) {
        if (Files.notExists(file)) {
            create(file.toAbsolutePath());
        }
        return KeyRing.load(file);
    }

    private static void create(Path file) {
        try {
            Files.createDirectories(file.getParent());
            Path draft = Files.createTempFile(file.getParent(), "keys", ".new"); // which only its owner can read
            Files.writeString(draft, KeyRing.generate().exportSecretJwkSet());
            Files.move(draft, file);
        } catch (IOException e) {
            throw new UncheckedIOException("The key ring file " + file + " cannot be made", e);
        }
        LOG.warn(
                "NEW KEYS were made in {}. Whoever reads this file can sign in as anybody; without it everybody is signed out. "
                        + "Keep it, keep it secret, and give it to every instance.",
                file);
    }
}
