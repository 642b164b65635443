package dev.signet.sample;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Who can sign in. Thread-safe. In earnest they come out of a database that has seen no password, only hashes, and there is
 * a limit to how often one may try.
 */
final class People {
    /** Argon2id with 19 MiB, two passes and one lane. */
    private static final Argon2Function ARGON2 = Argon2Function.getInstance(19_456, 2, 1, 32, Argon2.ID);

    private static final Map<String, Person> BY_NAME = Map.of(
            "ada", new Person("ada", hash("lovelace"), false),
            "bob", new Person("bob", hash("builder"), false),
            "root", new Person("root", hash("admin"), true));

    private static final String NOBODYS_HASH = hash("");

    private final Semaphore checks = new Semaphore(Runtime.getRuntime().availableProcessors());

    record Person(String name, String passwordHash, boolean administrator) {}

    /** Who this is. An unknown name takes as long as a wrong password, so that trying tells nobody who has an account. */
    Optional<Person> recognise(@Nullable String name, @Nullable String password) {
        Person person = BY_NAME.get(Objects.requireNonNullElse(name, ""));
        boolean right =
                check(Objects.requireNonNullElse(password, ""), person == null ? NOBODYS_HASH : person.passwordHash());
        return person != null && right ? Optional.of(person) : Optional.empty();
    }

    /** As many at once as there are processors, since each takes 19 MiB. */
    private boolean check(String password, String hash) {
        checks.acquireUninterruptibly();
        try {
            return Password.check(password, hash).with(ARGON2);
        } finally {
            checks.release();
        }
    }

    private static String hash(String password) {
        return Password.hash(password).addRandomSalt(16).with(ARGON2).getResult();
    }
}
