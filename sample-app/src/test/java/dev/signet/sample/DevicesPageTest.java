package dev.signet.sample;

import static dev.signet.sample.Running.signIn;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.signet.Keeps;
import dev.signet.keys.KeyRing;
import dev.signet.revocation.Revocations;
import dev.signet.testing.Browser;
import dev.signet.testing.MovableClock;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Keeps("S11")
class DevicesPageTest {
    private static final Pattern ID = Pattern.compile("name=\"id\" value=\"([^\"]+)\"");

    @TempDir
    private Path folder;

    private static Browser signedIn(Running sample) {
        Browser client = sample.browser();
        signIn(client, "ada", "lovelace");
        return client;
    }

    private static List<String> others(Browser client) {
        return ID.matcher(client.get("/devices").body())
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    @Test
    void one_device_is_signed_out_from_another() {
        try (Running sample = Running.sample()) {
            Browser laptop = signedIn(sample);
            Browser phone = signedIn(sample);
            assertThat(laptop.get("/me").body()).contains("href=\"/devices\"");
            assertThat(laptop.get("/devices").body())
                    .containsOnlyOnce("this device")
                    .contains("Unknown browser");

            assertThat(laptop.submit(
                                    "/devices",
                                    "/devices/end",
                                    "id",
                                    others(laptop).get(0))
                            .statusCode())
                    .isEqualTo(303);
            assertThat(laptop.get("/devices").body()).contains("Signed out there.");
            assertThat(phone.fetch("/me").statusCode()).isEqualTo(401);
            assertThat(others(laptop)).isEmpty();
        }
    }

    @Test
    void all_others_are_signed_out_at_once() {
        try (Running sample = Running.sample()) {
            Browser laptop = signedIn(sample);
            List<Browser> others = List.of(signedIn(sample), signedIn(sample));
            assertThat(others(laptop)).hasSize(2);

            laptop.submit("/devices", "/devices/end-others");
            assertThat(others).allMatch(other -> other.fetch("/me").statusCode() == 401);
            assertThat(others(laptop)).isEmpty();
            assertThat(laptop.fetch("/me").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_strangers_device_is_not_signed_out_by_its_id() {
        try (Running sample = Running.sample()) {
            Browser ada = signedIn(sample);
            signedIn(sample);
            String id = others(ada).get(0);
            Browser bob = sample.browser();
            signIn(bob, "bob", "builder");

            bob.submit("/devices", "/devices/end", "id", id);
            assertThat(bob.get("/devices").body()).contains("Nobody was signed in there any more.");
            assertThat(others(ada)).containsExactly(id);
        }
    }

    @Test
    void the_password_is_asked_for_again_after_a_while() {
        MovableClock clock = new MovableClock();
        try (Running sample = Running.at(clock)) {
            Browser laptop = signedIn(sample);
            clock.advance(Duration.ofMinutes(16));

            HttpResponse<String> page = laptop.get("/devices");
            assertThat(page.statusCode()).isEqualTo(401);
            assertThat(page.body()).contains("Please enter your password again", "value=\"/devices\"");
            assertThat(laptop.fetch("/me").statusCode()).isEqualTo(200);
            signIn(laptop, "ada", "lovelace");
            assertThat(laptop.get("/devices").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void without_a_record_of_sign_outs_nothing_is_listed() {
        try (Running sample = Running.with(Revocations.none())) {
            assertThat(signedIn(sample).get("/devices").statusCode()).isEqualTo(409);
        }
    }

    @Test
    void the_list_lies_beside_the_record_of_sign_outs_and_is_not_shown_while_it_cannot_be_read() throws Exception {
        String file = "jdbc:h2:file:" + folder.resolve("revocations");
        try (RevocationStore store = RevocationStore.open(file, (event, detail) -> {});
                HikariDataSource database = new HikariDataSource();
                Running sample = Running.with(KeyRing.generate(), store)) {
            database.setJdbcUrl(file);
            Browser laptop = signedIn(sample);
            assertThat(laptop.get("/devices").statusCode()).isEqualTo(200);

            try (Connection connection = database.getConnection()) {
                connection.createStatement().execute("ALTER TABLE signet_sessions RENAME COLUMN pos TO gone");
                HttpResponse<String> page = laptop.get("/devices");
                assertThat(page.statusCode()).isEqualTo(503);
                assertThat(page.body()).contains("Not possible just now");
                assertThat(laptop.fetch("/me").statusCode()).isEqualTo(200);
                assertThat(signedIn(sample).fetch("/me").statusCode()).isEqualTo(200);
                connection.createStatement().execute("ALTER TABLE signet_sessions RENAME COLUMN gone TO pos");
            }
            assertThat(others(laptop)).hasSize(1);
        }
    }
}
