package dev.signet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.Sessions;
import dev.signet.keys.KeyRing;
import dev.signet.revocation.Revocations;
import dev.signet.revocation.jdbc.JdbcRevocationLog;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoreCommandsTest {
    private final Terminal terminal = new Terminal(Instant.now());

    @TempDir
    Path directory;

    /** Those of the application. */
    private Revocations revocations = Revocations.none();

    @BeforeEach
    void makeStore() {
        String url = "jdbc:h2:file:" + directory.resolve("revocations");
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(url);
        revocations = Revocations.on(JdbcRevocationLog.on(source)).build();
        revocations.start();
        terminal.environment.put("SIGNET_REVOCATIONS", url);
        terminal.environment.put("SIGNET_KEYS", directory.resolve("keys.jwks").toString());
        terminal.type("keys new").isWell();
    }

    @AfterEach
    void close() {
        revocations.close();
    }

    private String ticket() {
        Sessions sessions = Sessions.with(KeyRing.load(directory.resolve("keys.jwks")))
                .revocations(revocations)
                .build();
        return sessions.issue(sessions.start("ada"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--subject ada", "--everyone"})
    void what_is_revoked_is_refused_from_then_on(String whose) {
        String ticket = ticket();
        assertThat(terminal.typeWith(ticket, "inspect").isWell().out()).contains("ACTIVE");

        assertThat(terminal.type("revoke " + whose).isWell().out()).contains("Recorded at position");

        assertThat(terminal.typeWith(ticket, "inspect").out()).contains("REVOKED");
    }

    @Test
    void every_cookie_of_a_header_is_asked_about() {
        String ticket = ticket();
        terminal.type("revoke --subject ada").isWell();

        String out = terminal.typeWith("__Host-old=" + ticket + "; __Host-session=" + ticket, "inspect")
                .out();

        assertThat(out).contains("INVALID, FORGED", "REVOKED");
    }

    @Test
    void one_session_is_revoked_by_the_id_that_inspect_shows() {
        String ticket = ticket();
        String other = ticket();
        String id = terminal.typeWith(ticket, "inspect")
                .out()
                .replaceAll("(?s).*\\nsession +([A-Za-z0-9_-]{22})\\n.*", "$1");

        terminal.type("revoke --subject ada --session=" + id).isWell();

        assertThat(terminal.typeWith(ticket, "inspect").out()).contains("REVOKED");
        assertThat(terminal.typeWith(other, "inspect").out()).contains("ACTIVE");
    }

    @Test
    void revocations_are_listed_newest_last() {
        terminal.type("revoke --subject ada").isWell();
        terminal.type("revoke --subject bob").isWell();
        terminal.type("revoke --everyone").isWell();

        assertThat(terminal.type("revocations").isWell().out().lines())
                .hasSize(5)
                .satisfies(lines -> {
                    assertThat(lines.get(1)).contains("SUBJECT ada", "forgotten in 40");
                    assertThat(lines.get(3)).contains("EVERYONE");
                    assertThat(lines.get(4)).startsWith("4 entries");
                });
        assertThat(terminal.type("revocations --subject bob").out())
                .contains("bob", "EVERYONE")
                .doesNotContain("ada");
        assertThat(terminal.type("revocations --limit 1 --json").out())
                .contains("\"entries\" : 4", "EVERYONE")
                .doesNotContain("SUBJECT");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "revoke | Missing required argument",
                "revoke --everyone --subject ada | mutually exclusive",
                "revoke --session abc --subject ada | 22 characters",
                "revoke --everyone --longest 500d | 1m to 400d",
                "revoke --everyone --store mysql://x | not known here",
                "revoke --everyone --store jdbc:h2:file:/nowhere/at/all | no database at /nowhere/at/all",
                "revoke --everyone --store redis://:secret-word@ | cannot be used",
                "revocations --limit 0 | --limit 1 to",
                "revocations --limit many | --limit",
            })
    void what_is_asked_for_wrongly_is_refused_and_changes_nothing(String command, String message) {
        assertThat(terminal.type(command).isRefused(message).err()).doesNotContain("secret-word");
        assertThat(terminal.type("revocations").out()).contains("1 entry;");
    }

    @Test
    void a_store_that_does_not_answer_has_exit_code_3() throws IOException {
        int nobody;
        try (ServerSocket free = new ServerSocket(0)) {
            nobody = free.getLocalPort();
        }
        Terminal.Answer answer = terminal.type("revoke --everyone --store redis://:secret-word@127.0.0.1:" + nobody);

        assertThat(answer.code()).isEqualTo(3);
        assertThat(answer.err().lines()).hasSize(1);
        assertThat(answer.err() + answer.out()).doesNotContain("secret-word", "Recorded");
    }

    @Test
    void inspecting_leaves_an_empty_store_empty() {
        String ticket = ticket();
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:file:" + directory.resolve("empty"));
        JdbcRevocationLog.on(source).close();
        terminal.environment.put("SIGNET_REVOCATIONS", source.getURL());

        assertThat(terminal.typeWith(ticket, "inspect").out()).contains("UNDECIDED");

        assertThat(terminal.type("revocations").out()).startsWith("0 entries");
    }

    @Test
    void no_store_is_made_by_mistake() {
        terminal.type("revocations --store jdbc:h2:file:" + directory.resolve("typo"))
                .isRefused("no database at");

        assertThat(Files.exists(directory.resolve("typo.mv.db"))).isFalse();
    }
}
