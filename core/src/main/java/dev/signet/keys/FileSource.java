package dev.signet.keys;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A key ring file. Thread-safe. */
final class FileSource implements KeySource {
    private static final Logger LOG = LoggerFactory.getLogger(KeyRing.class);

    private final Path file;
    private final AtomicBoolean warned = new AtomicBoolean();

    FileSource(Path file) {
        this.file = file;
    }

    @Override
    public String read() throws IOException {
        byte[] bytes = bytes();
        warnIfOpenToOthers();
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IOException("it is not UTF-8");
        }
    }

    private byte[] bytes() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(JwkSetReader.LONGEST_TEXT + 1);
            if (bytes.length > JwkSetReader.LONGEST_TEXT) {
                throw new IOException(JwkSetReader.TOO_LONG);
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw new IOException("it does not exist", e);
        } catch (AccessDeniedException e) {
            throw new IOException("access to it is denied", e);
        }
    }

    private void warnIfOpenToOthers() {
        if (openToOthers() && warned.compareAndSet(false, true)) {
            LOG.warn(
                    "The {} is open to every user of this machine. If it holds secret keys: chmod 600 {}",
                    describe(),
                    quotedPath());
        }
    }

    private boolean openToOthers() {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            return permissions.contains(PosixFilePermission.OTHERS_READ)
                    || permissions.contains(PosixFilePermission.OTHERS_WRITE);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    @Override
    public String describe() {
        return "key ring file " + file;
    }

    /** The path as a word of the shell. */
    String quotedPath() {
        String path = file.toString();
        return path.matches("[A-Za-z0-9_./][A-Za-z0-9_./-]*") ? path : "'" + path.replace("'", "'\\''") + "'";
    }

    @Override
    public String toString() {
        return describe();
    }
}
