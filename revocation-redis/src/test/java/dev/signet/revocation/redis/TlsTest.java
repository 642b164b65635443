package dev.signet.revocation.redis;

import static dev.signet.revocation.redis.Entries.ids;
import static dev.signet.revocation.redis.Entries.session;
import static dev.signet.revocation.redis.Entries.sid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.revocation.StoreUnavailable;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.SslOptions;

/** A server that speaks TLS only, with a certificate that nobody but the test trusts. */
class TlsTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    Path directory;

    @Test
    void is_checked_against_what_is_trusted_and_against_the_name() throws Exception {
        Path store = certificateFor("localhost");
        try (Engine engine = Engine.tls(pem(store), directory.resolve("key.pem"))) {
            URI address = URI.create("rediss://localhost:" + engine.port());
            try (RedisRevocationLog stranger = RedisRevocationLog.at(address).open()) {
                assertThatThrownBy(() -> stranger.append(session("phone"))).isInstanceOf(StoreUnavailable.class);
            }
            try (RedisClient client = client("localhost", engine, store);
                    RedisRevocationLog log = RedisRevocationLog.on(client).open()) {
                log.append(session("phone"));
                assertThat(ids(log)).containsExactly(sid("phone"));
            }
            try (RedisClient client = client("127.0.0.1", engine, store);
                    RedisRevocationLog log = RedisRevocationLog.on(client).open()) {
                assertThatThrownBy(() -> log.append(session("tablet"))).isInstanceOf(StoreUnavailable.class);
            }
        }
    }

    private static RedisClient client(String host, Engine engine, Path trusted) {
        SslOptions tls = SslOptions.builder()
                .trustStoreType("PKCS12")
                .truststore(trusted.toFile(), PASSWORD.toCharArray())
                .build();
        return RedisClient.builder()
                .hostAndPort(host, engine.port())
                .clientConfig(DefaultJedisClientConfig.builder().sslOptions(tls).build())
                .build();
    }

    private Path certificateFor(String name) throws Exception {
        Path store = directory.resolve("server.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=dns:" + name,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).isZero();
        return store;
    }

    /** Writes the certificate, and beside it the key, as Redis reads them; and makes the certificate a trusted one. */
    private Path pem(Path store) throws Exception {
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        Key key = keys.getKey("server", PASSWORD.toCharArray());
        Files.writeString(directory.resolve("key.pem"), pem("PRIVATE KEY", key.getEncoded()));
        Path certificate = directory.resolve("certificate.pem");
        Files.writeString(
                certificate, pem("CERTIFICATE", keys.getCertificate("server").getEncoded()));
        keys.setCertificateEntry("trusted", keys.getCertificate("server"));
        try (var out = Files.newOutputStream(store)) {
            keys.store(out, PASSWORD.toCharArray());
        }
        return certificate;
    }

    private static String pem(String kind, byte[] content) {
        String text = Base64.getMimeEncoder().encodeToString(content);
        return "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n";
    }
}
