package dev.signet.benchmarks.scale;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;

/** A PostgreSQL server that keeps what it is told. */
final class PostgresStore extends SqlStore {
    private final EmbeddedPostgres server;

    PostgresStore() throws Exception {
        super(
                "SELECT n, rtrim(translate(encode(decode(md5(n::text), 'hex'), 'base64'), '+/', '-_'), '=') AS sid"
                        + " FROM generate_series(%d, %d) n",
                "SELECT pg_total_relation_size('signet_revocation')");
        server = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(directory.resolve("programs").toFile())
                .setDataDirectory(directory.resolve("data"))
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_wal_size", "4GB")
                .start();
        connect(server.getJdbcUrl("postgres", "postgres"));
    }

    @Override
    public void close() throws IOException {
        server.close();
        super.close();
    }
}
