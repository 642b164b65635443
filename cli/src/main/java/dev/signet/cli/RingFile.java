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
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * The file of a key ring. It is replaced as a whole, so that a reader finds the old ring or the new one, and only its owner, and
 * the group if that could, may read it.
 */
record RingFile(Path path) {
    /** More than a key ring may have. */
    private static final int LONGEST = (1 << 20) + 1;

    private static final Set<PosixFilePermission> OWNER_AND_GROUP = PosixFilePermissions.fromString("rw-r-----");
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
                Object file = key(real);
                try (FileChannel held = FileChannel.open(real, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                    boolean opened = file.equals(key(real));
                    held.lock();
                    if (opened && file.equals(key(real))) {
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
            if (posix(file)) {
                keepReaders(file, written);
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

    /** Whose the file is, and its group's right to read it, stay. In a directory of others a name may lead elsewhere by now: no link is followed. */
    private static void keepReaders(Path file, Path written) throws IOException {
        PosixFileAttributes old = Files.readAttributes(file, PosixFileAttributes.class);
        PosixFileAttributeView view =
                Files.getFileAttributeView(written, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (!view.readAttributes().owner().equals(old.owner())) {
            throw new Refused(file + " belongs to " + old.owner() + ": run this as " + old.owner());
        }
        if (old.permissions().contains(PosixFilePermission.GROUP_READ)) {
            view.setGroup(old.group());
            view.setPermissions(OWNER_AND_GROUP);
        }
    }

    private static Path write(Path directory, KeyRing ring) throws IOException {
        FileAttribute<?>[] permissions = posix(directory)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
        Path file = directory.resolve(".keys-" + UUID.randomUUID() + ".tmp");
        ByteBuffer text = ByteBuffer.wrap((ring.exportSecretJwkSet() + "\n").getBytes(StandardCharsets.UTF_8));
        try (FileChannel out =
                FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), permissions)) {
            while (text.hasRemaining()) {
                out.write(text);
            }
            out.force(true);
            return file;
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /** Empty where they cannot be told. */
    Set<PosixFilePermission> permissions() {
        try {
            return Files.getPosixFilePermissions(path);
        } catch (IOException | UnsupportedOperationException e) {
            return Set.of();
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
