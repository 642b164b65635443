package dev.signet.cli;

import dev.signet.keys.KeyRing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The file of a key ring. It is replaced as a whole, so that a reader finds the old ring or the new one, and only its owner may
 * read it.
 */
record RingFile(Path path) {
    /** More than a key ring may have. */
    private static final int LONGEST = (1 << 20) + 1;

    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    /** @throws Refused if there is none, or no good one */
    KeyRing read() {
        try {
            return KeyRing.load(path);
        } catch (IllegalArgumentException e) {
            throw new Refused(String.valueOf(e.getMessage()));
        }
    }

    /** @throws Refused if there is a file already */
    void create(KeyRing ring) {
        try {
            Files.createDirectories(directory(path));
            Path written = write(directory(path), ring);
            try {
                Files.createLink(path, written);
            } finally {
                Files.delete(written);
            }
        } catch (FileAlreadyExistsException e) {
            throw new Refused(path + " exists already: 'keys rotate' adds a key to it");
        } catch (IOException e) {
            throw refused(e);
        }
    }

    /**
     * Replaces the ring by what the change makes of it. Two changes at once are made one after the other.
     *
     * @throws Refused if the file cannot be replaced, or would belong to somebody else then
     */
    KeyRing change(UnaryOperator<KeyRing> change) {
        try {
            Path real = path.toRealPath();
            while (true) {
                try (FileChannel held = FileChannel.open(real, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                    Object file = key(real);
                    held.lock();
                    if (file.equals(key(real))) {
                        KeyRing changed = change.apply(read(held));
                        replace(real, changed);
                        return changed;
                    }
                }
            }
        } catch (NoSuchFileException e) {
            throw new Refused(path + " does not exist: 'keys new' makes one");
        } catch (IOException e) {
            throw refused(e);
        }
    }

    /** Not by opening the file again: POSIX drops a lock as soon as its process closes the file anywhere. */
    private KeyRing read(FileChannel held) throws IOException {
        byte[] text = Channels.newInputStream(held).readNBytes(LONGEST);
        try {
            return KeyRing.parse(new String(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new Refused(path + ": " + e.getMessage());
        }
    }

    /** Changes when the file is replaced by another one. */
    private static Object key(Path file) throws IOException {
        Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        return key == null ? "" : key;
    }

    private static void replace(Path file, KeyRing ring) throws IOException {
        Path written = write(directory(file), ring);
        try {
            if (posix(file) && !Files.getOwner(written).equals(Files.getOwner(file))) {
                Files.setOwner(written, Files.getOwner(file));
            }
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    private static Path directory(Path file) {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null) {
            throw new Refused(file + " is no file");
        }
        return directory;
    }

    private static Path write(Path directory, KeyRing ring) throws IOException {
        FileAttribute<?>[] permissions = posix(directory)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
        Path file = Files.createTempFile(directory, ".keys", ".tmp", permissions);
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer text = ByteBuffer.wrap((ring.exportSecretJwkSet() + "\n").getBytes(StandardCharsets.UTF_8));
            while (text.hasRemaining()) {
                out.write(text);
            }
            out.force(true);
            return file;
        } catch (IOException e) {
            Files.delete(file);
            throw e;
        }
    }

    /** Who besides the owner may read or write the file, as {@code rw-r--r--}; empty where the system has no such thing or nobody may. */
    String openToOthers() {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
            return OWNER_ONLY.containsAll(permissions) ? "" : PosixFilePermissions.toString(permissions);
        } catch (IOException | UnsupportedOperationException e) {
            return "";
        }
    }

    private static boolean posix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private Refused refused(IOException e) {
        String why = e instanceof AccessDeniedException
                ? "access is denied"
                : e instanceof FileSystemException known && known.getReason() != null
                        ? known.getReason()
                        : e.getClass().getSimpleName();
        return new Refused(path + " was not written: " + why + "; run this as the owner of the file");
    }
}
