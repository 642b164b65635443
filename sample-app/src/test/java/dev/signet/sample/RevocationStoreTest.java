package dev.signet.sample;

import static dev.signet.sample.Running.signIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.keys.KeyRing;
import dev.signet.revocation.RevocationListener;
import dev.signet.testing.Browser;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RevocationStoreTest {
    private static final RevocationListener HEARD = (event, detail) -> {};
    private static final String CANARY = "canary-password";

    @TempDir
    private Path folder;

    private final KeyRing keys = KeyRing.generate();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "disk",
                "Memory",
                "memory ",
                "jdbc:oracle:thin:@db",
                "jdbc:postgresql://[" + CANARY,
                "redis://" + CANARY + "@@@",
                "redis:6379?" + CANARY
            })
    void that_is_not_known_is_refused_with_the_choice_and_without_what_was_said(String setting) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RevocationStore.open(setting, HEARD))
                .withMessageContainingAll("SIGNET_REVOCATIONS", "jdbc:h2:file:./data/revocations", "memory", "none")
                .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain(CANARY));
    }

    @Test
    void in_a_file_that_cannot_be_made_is_refused_in_words() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RevocationStore.open("jdbc:h2:file:revocations", HEARD))
                .withMessageContainingAll("SIGNET_REVOCATIONS", "begin the path of the file with / or ./");
    }

    @Test
    void may_be_this_process_or_nothing() {
        try (RevocationStore memory = RevocationStore.open("memory", HEARD);
                RevocationStore none = RevocationStore.open("none", HEARD)) {
            assertThat(memory.revocations().status().mode()).isEqualTo("in process");
            assertThat(none.revocations().records()).isFalse();
        }
    }

    @Test
    void in_a_file_keeps_sign_outs_over_a_restart() {
        String file = "jdbc:h2:file:" + folder.resolve("revocations");
        Browser copy;
        try (RevocationStore store = RevocationStore.open(file, HEARD);
                Running first = Running.with(keys, store.revocations())) {
            copy = signedOutCopy(first.browser());
        }

        try (RevocationStore store = RevocationStore.open(file, HEARD);
                Running second = Running.with(keys, store.revocations())) {
            assertThat(second.browserWithCookiesOf(copy).fetch("/me").statusCode())
                    .isEqualTo(401);
            assertThat(signIn(second.browser(), "ada", "lovelace").statusCode()).isEqualTo(303);
        }
    }

    private static Browser signedOutCopy(Browser ada) {
        signIn(ada, "ada", "lovelace");
        Browser copy = ada.copy();
        assertThat(copy.fetch("/me").statusCode()).isEqualTo(200);
        ada.submit("/me", "/logout");
        return copy;
    }

    @Nested
    class On_a_server {
        private StoreServer server;

        @BeforeEach
        void start() {
            server = new StoreServer(folder);
        }

        @AfterEach
        void stop() {
            server.close();
        }

        @Test
        void is_shared_by_two_instances() {
            try (RevocationStore here = server.open();
                    RevocationStore there = server.open();
                    Running one = Running.with(keys, here.revocations());
                    Running other = Running.with(keys, there.revocations())) {
                Browser ada = one.browser();
                signIn(ada, "ada", "lovelace");
                assertThat(other.browserWithCookiesOf(ada).fetch("/me").statusCode())
                        .isEqualTo(200);

                Browser copy = signedOutCopy(ada);
                there.revocations().catchUp();

                assertThat(other.browserWithCookiesOf(copy).fetch("/me").statusCode())
                        .isEqualTo(401);
                assertThat(other.browser().get("/health").body())
                        .contains("\"status\":\"up\"", "\"revocations\":\"fail closed\"")
                        .containsPattern("\"position\":[0-9]{13},\"stalenessMillis\":[0-9]+,\"revoked\":[1-9]");
            }
        }

        @Test
        void that_stopped_is_no_sign_out_and_the_cookie_stays() {
            try (RevocationStore store = server.open();
                    Running sample = Running.with(keys, store.revocations())) {
                Browser ada = sample.browser();
                signIn(ada, "ada", "lovelace");
                String token = ada.csrfToken("/me");
                server.stop();

                HttpResponse<String> refused = ada.post("/logout", "_csrf", token);

                assertThat(refused.statusCode()).isEqualTo(503);
                assertThat(refused.headers().firstValue("Retry-After")).isPresent();
                assertThat(refused.headers().allValues("Set-Cookie")).isEmpty();
                assertThat(refused.body()).contains("You are not signed out").doesNotContain("You are signed out");
                assertThat(sample.browser().get("/").statusCode()).isEqualTo(200);

                server.start();
                Browser copy = ada.copy();
                assertThat(ada.post("/logout", "_csrf", token).statusCode()).isEqualTo(303);
                assertThat(copy.fetch("/me").statusCode()).isEqualTo(401);
            }
        }

        @Test
        void that_is_down_at_the_start_is_asked_until_it_answers() {
            server.stop();
            try (RevocationStore store = server.open();
                    Running sample = Running.with(keys, store.revocations())) {
                assertThat(sample.browser().get("/").statusCode()).isEqualTo(200);
                assertThat(sample.browser().get("/health"))
                        .satisfies(health -> assertThat(health.statusCode()).isEqualTo(503))
                        .satisfies(health ->
                                assertThat(health.body()).contains("\"status\":\"down\"", "\"stalenessMillis\":null"));
                assertThat(signIn(sample.browser(), "ada", "lovelace").statusCode())
                        .isEqualTo(503);

                server.start();
                store.revocations().catchUp();

                assertThat(sample.browser().get("/health").statusCode()).isEqualTo(200);
                assertThat(signIn(sample.browser(), "ada", "lovelace").statusCode())
                        .isEqualTo(303);
            }
        }
    }
}
