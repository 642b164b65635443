package dev.signet.cli;

import dev.signet.revocation.RevocationLog;
import dev.signet.revocation.jdbc.JdbcRevocationLog;
import dev.signet.revocation.redis.RedisRevocationLog;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import picocli.CommandLine.Option;

/** Which revocation store is meant. Its address may hold a password, so that no message tells it. */
final class StoreOptions {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final String FORMS =
            "use jdbc:h2:file:./data/revocations, jdbc:postgresql://host/database?user=…&password=… or redis://user:password@host:6379";

    private static final Pattern H2_FILE = Pattern.compile("jdbc:h2:(?:file:)?([^:;]+)(?:;.*)?");

    @Option(
            names = {"-s", "--store"},
            paramLabel = "URL",
            description = "The revocation store; else the one that SIGNET_REVOCATIONS names.")
    @Nullable
    String url;

    /** Empty if none was named. */
    Optional<RevocationLog> log(Surroundings around) {
        String address = url != null ? url : around.environment().get("SIGNET_REVOCATIONS");
        return address == null ? Optional.empty() : Optional.of(open(address));
    }

    /** @throws Refused if none was named */
    RevocationLog required(Surroundings around) {
        return log(around)
                .orElseThrow(() -> new Refused("name the store with --store or SIGNET_REVOCATIONS: " + FORMS));
    }

    private static RevocationLog open(String address) {
        try {
            if (address.startsWith("jdbc:h2:")) {
                return inDatabase(existingH2(address));
            }
            if (address.startsWith("jdbc:postgresql:")) {
                return inDatabase(postgres(address));
            }
            if (address.startsWith("redis://") || address.startsWith("rediss://")) {
                return RedisRevocationLog.at(URI.create(address))
                        .timeout(TIMEOUT)
                        .withoutPush()
                        .open();
            }
        } catch (IllegalArgumentException e) {
            throw new Refused("the store's address cannot be used: " + FORMS);
        } catch (IllegalStateException e) {
            throw new Refused("the store is refused: " + e.getMessage());
        }
        throw new Refused("the store is not known here: " + FORMS);
    }

    private static RevocationLog inDatabase(DataSource source) {
        return JdbcRevocationLog.with(source).timeout(TIMEOUT).withoutPush().open();
    }

    /** A mistyped path is an error and no new database. */
    private static DataSource existingH2(String address) {
        Matcher file = H2_FILE.matcher(address);
        if (file.matches() && !Files.exists(Path.of(file.group(1) + ".mv.db"))) {
            throw new Refused("there is no database at " + file.group(1));
        }
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(address);
        return source;
    }

    private static DataSource postgres(String address) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(address);
        return source;
    }
}
