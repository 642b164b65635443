package dev.signet.sample;

import static dev.signet.sample.Running.signIn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.Keeps;
import dev.signet.Tries;
import dev.signet.revocation.Revocations;
import dev.signet.testing.Browser;
import dev.signet.testing.MovableClock;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleAppTest {
    private static final String TICKET = "__Host-session";

    @Nested
    @Keeps({"S5", "S6"})
    @Tries(29)
    class The_whole_way {
        private final Running sample = Running.sample();

        @AfterEach
        void stop() {
            sample.close();
        }

        @Test
        void from_a_visitors_cart_to_a_sign_out_that_is_final() {
            Browser ada = sample.browser();
            assertThat(ada.submit("/cart", "/cart", "item", "Sealing wax").statusCode())
                    .isEqualTo(303);

            assertThat(signIn(ada, "ada", "lovelace")).satisfies(leadsTo("/me"));
            assertThat(ada.fetch("/cart").body()).isEqualTo("{\"items\":[\"Sealing wax\"]}");

            ada.submit("/preferences", "/preferences", "theme", "dark");
            Browser copy = ada.copy();
            assertThat(copy.fetch("/me").statusCode()).isEqualTo(200);
            assertThat(ada.submit("/me", "/logout")).satisfies(leadsTo("/"));

            assertThat(ada.get("/").body())
                    .contains("data-theme=\"dark\"", "You are signed out. Your old cookie and every copy");
            assertThat(ada.cookies()).doesNotContainKey(TICKET).containsKeys(TICKET + "-visitor", TICKET + ".theme");
            assertThat(ada.fetch("/cart").body()).isEqualTo("{\"items\":[]}");
            assertThat(copy.fetch("/me").statusCode()).isEqualTo(401);
            assertThat(copy.get("/me").statusCode()).isEqualTo(401);
        }

        @Test
        void out_of_two_browsers_at_once_and_in_again() {
            Browser laptop = sample.browser();
            Browser phone = sample.browser();
            signIn(laptop, "ada", "lovelace");
            signIn(phone, "ada", "lovelace");
            Browser bob = sample.browser();
            signIn(bob, "bob", "builder");

            assertThat(laptop.submit("/me", "/logout-everywhere")).satisfies(leadsTo("/"));

            assertThat(laptop.get("/").body()).contains("You are signed out everywhere.");
            assertThat(laptop.fetch("/me").statusCode()).isEqualTo(401);
            assertThat(phone.fetch("/me").statusCode()).isEqualTo(401);
            assertThat(bob.fetch("/me").statusCode()).isEqualTo(200);
            assertThat(signIn(phone, "ada", "lovelace")).satisfies(leadsTo("/me"));
            assertThat(phone.fetch("/me").statusCode()).isEqualTo(200);
        }

        @Test
        void of_a_sign_in_over_another_which_ends_that_one_and_takes_nothing_of_it_along() {
            Browser client = sample.browser();
            signIn(client, "ada", "lovelace");
            client.submit("/cart", "/cart", "item", "Ada's secret wish");
            Browser copy = client.copy();

            signIn(client, "bob", "builder");

            assertThat(client.fetch("/me").body()).contains("\"subject\":\"bob\"");
            assertThat(client.fetch("/cart").body()).isEqualTo("{\"items\":[]}");
            assertThat(copy.fetch("/me").statusCode()).isEqualTo(401);
        }
    }

    @Nested
    class A_restart {
        @TempDir
        private Path folder;

        @Test
        void with_the_same_key_file_keeps_people_signed_in() {
            Path file = folder.resolve("data/keys.jwks");
            Browser before;
            try (Running first = Running.with(KeyFile.loadOrCreate(file))) {
                before = first.browser();
                signIn(before, "ada", "lovelace");
                before.submit("/cart", "/cart", "item", "Goose quill");
            }

            try (Running second = Running.with(KeyFile.loadOrCreate(file))) {
                Browser after = second.browserWithCookiesOf(before);

                assertThat(after.fetch("/me").body()).contains("\"subject\":\"ada\"");
                assertThat(after.fetch("/cart").body()).contains("Goose quill");
                assertThat(after.submit("/me", "/logout")).satisfies(leadsTo("/"));
                assertThat(after.fetch("/me").statusCode()).isEqualTo(401);
            }
        }

        @Test
        @Keeps("K4")
        void with_another_key_file_signs_everybody_out() {
            Browser before;
            try (Running first = Running.sample()) {
                before = first.browser();
                signIn(before, "ada", "lovelace");
            }

            try (Running second = Running.sample()) {
                assertThat(second.browserWithCookiesOf(before).get("/me").statusCode())
                        .isEqualTo(401);
            }
        }
    }

    @Nested
    @Keeps({"S5", "D1"})
    class Without_a_record_of_sign_outs {
        private final Running sample = Running.with(Revocations.none());
        private final Browser ada = sample.browser();

        @AfterEach
        void stop() {
            sample.close();
        }

        @Test
        void everything_works_but_the_refusal_of_copies_and_nothing_else_is_claimed() {
            ada.submit("/cart", "/cart", "item", "Sealing wax");
            signIn(ada, "ada", "lovelace");
            ada.submit("/preferences", "/preferences", "theme", "dark");
            assertThat(ada.fetch("/cart").body()).contains("Sealing wax");
            Browser copy = ada.copy();

            ada.submit("/me", "/logout");

            assertThat(ada.get("/").body())
                    .contains("data-theme=\"dark\"", "copies of your old cookie, stay signed in until that expires");
            assertThat(ada.fetch("/me").statusCode()).isEqualTo(401);
            assertThat(copy.fetch("/me").statusCode()).isEqualTo(200);
        }

        @Test
        void signing_out_everywhere_says_that_it_reached_this_browser_only() {
            signIn(ada, "ada", "lovelace");

            ada.submit("/me", "/logout-everywhere");

            assertThat(ada.get("/").body()).contains("in this browser only");
            assertThat(ada.fetch("/me").statusCode()).isEqualTo(401);
        }

        @Test
        void an_administrator_can_end_nobodys_session() {
            Browser root = sample.administrator();

            HttpResponse<String> response = root.submit("/admin", "/admin/revoke", "subject", "ada");

            assertThat(response.statusCode()).isEqualTo(409);
            assertThat(response.body()).contains("keeps no record of sign-outs");
        }

        @Test
        void the_health_page_tells() {
            assertThat(sample.browser().get("/health").body()).contains("\"revocations\":\"none\"");
        }
    }

    @Nested
    class Keep_me_signed_in {
        private final MovableClock clock = new MovableClock();
        private final Running sample = Running.at(clock);
        private final Browser ada = sample.browser();

        @AfterEach
        void stop() {
            sample.close();
        }

        @Test
        void outlives_the_browser_and_is_renewed_by_every_visit() {
            signIn(ada, "ada", "lovelace", "remember", "yes");
            for (int week = 1; week <= 12; week++) {
                clock.advance(Duration.ofDays(7));
                assertThat(ada.copy().restart().fetch("/me").statusCode())
                        .as("in week %s", week)
                        .isEqualTo(200);
                ada.get("/me");
            }

            clock.advance(Duration.ofDays(7));

            assertThat(ada.fetch("/me").statusCode()).as("after 91 days, of 90").isEqualTo(401);
        }

        @Test
        @Keeps("C8")
        void without_it_a_session_ends_with_the_browser() {
            signIn(ada, "ada", "lovelace");

            assertThat(ada.fetch("/me").statusCode()).isEqualTo(200);
            assertThat(ada.copy().restart().fetch("/me").statusCode()).isEqualTo(401);
        }

        @Test
        @Keeps("S1")
        void without_it_a_session_ends_after_half_an_hour_of_doing_nothing() {
            signIn(ada, "ada", "lovelace");
            clock.advance(Duration.ofMinutes(29));
            assertThat(ada.fetch("/me").statusCode()).isEqualTo(200);
            clock.advance(Duration.ofMinutes(29));
            assertThat(ada.fetch("/me").statusCode()).isEqualTo(200);

            clock.advance(Duration.ofMinutes(30));

            assertThat(ada.fetch("/me").statusCode()).isEqualTo(401);
        }

        @Test
        void a_visitors_cart_and_theme_are_there_next_week() {
            ada.submit("/cart", "/cart", "item", "Sealing wax");
            ada.submit("/preferences", "/preferences", "theme", "dark");
            clock.advance(Duration.ofDays(7));

            Browser later = ada.copy().restart();

            assertThat(later.fetch("/cart").body()).contains("Sealing wax");
            assertThat(later.get("/").body()).contains("data-theme=\"dark\"");
        }
    }

    @Nested
    @Keeps({"S6", "S9"})
    class An_administrator {
        private final Running sample = Running.sample();
        private final Browser root = sample.administrator();
        private final Browser ada = sample.browser();
        private final Browser bob = sample.browser();

        An_administrator() {
            signIn(ada, "ada", "lovelace");
            signIn(bob, "bob", "builder");
        }

        @AfterEach
        void stop() {
            sample.close();
        }

        @Test
        void ends_the_sessions_of_one_person() {
            assertThat(root.submit("/admin", "/admin/revoke", "subject", "ada")).satisfies(leadsTo("/admin"));

            assertThat(ada.fetch("/me").statusCode()).isEqualTo(401);
            assertThat(bob.fetch("/me").statusCode()).isEqualTo(200);
            assertThat(root.get("/admin").body()).contains("Signed out everywhere: ada.");
        }

        @Test
        void ends_the_sessions_of_everybody_and_is_told_so() {
            assertThat(root.submit("/admin", "/admin/revoke", "everyone", "true"))
                    .satisfies(leadsTo("/"));

            assertThat(ada.fetch("/me").statusCode()).isEqualTo(401);
            assertThat(bob.fetch("/me").statusCode()).isEqualTo(401);
            assertThat(root.get("/").body()).contains("Signed out everywhere: everybody.");
            assertThat(root.fetch("/admin").statusCode()).isEqualTo(401);
            assertThat(signIn(root, "root", "admin")).satisfies(leadsTo("/me"));
        }

        @Test
        void has_to_say_whose() {
            assertThat(root.submit("/admin", "/admin/revoke").statusCode()).isEqualTo(400);
            assertThat(root.submit("/admin", "/admin/revoke", "subject", " ").statusCode())
                    .isEqualTo(400);
            assertThat(root.submit("/admin", "/admin/revoke", "subject", "x".repeat(300))
                            .statusCode())
                    .isEqualTo(400);
        }

        @Test
        void is_who_has_the_role() {
            assertThat(ada.get("/me").body()).doesNotContain("/admin/revoke");
            assertThat(ada.submit("/me", "/admin/revoke", "everyone", "true").statusCode())
                    .isEqualTo(401);
            assertThat(bob.fetch("/me").statusCode()).isEqualTo(200);
        }

        @Test
        void is_nobody_in_the_shop_until_signed_in_there_too() {
            assertThat(root.fetch("/me").statusCode()).isEqualTo(401);
            signIn(root, "bob", "builder");
            assertThat(root.fetch("/me").body()).contains("\"subject\":\"bob\"");
            assertThat(root.get("/admin").body()).contains("You are here as root.");

            root.submit("/admin", "/admin/logout");

            assertThat(root.fetch("/admin").statusCode()).isEqualTo(401);
            assertThat(root.fetch("/me").statusCode()).isEqualTo(200);
        }

        @Test
        void is_nobody_who_only_shops() {
            Browser client = sample.browser();

            assertThat(client.submit("/admin/login", "/admin/login", "username", "ada", "password", "lovelace")
                            .body())
                    .contains("Name and password do not fit together.");
            assertThat(client.fetch("/admin").statusCode()).isEqualTo(401);
        }

        @Test
        void is_asked_for_the_password_again_after_five_minutes_and_goes_on() {
            MovableClock clock = new MovableClock();
            try (Running later = Running.at(clock)) {
                Browser slow = later.administrator();
                clock.advance(Duration.ofMinutes(6));
                assertThat(slow.submit("/admin", "/admin/revoke", "subject", "ada")
                                .body())
                        .contains("Please enter your password again");

                slow.submit("/admin/login", "/admin/login", "username", "root", "password", "admin");

                assertThat(slow.submit("/admin", "/admin/revoke", "subject", "ada"))
                        .satisfies(leadsTo("/admin"));
            }
        }

        @Test
        void is_not_a_stranger() {
            Browser stranger = sample.browser();

            assertThat(stranger.submit("/cart", "/admin/revoke", "everyone", "true")
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Nested
    class Pages {
        private final Running sample = Running.sample();
        private final Browser client = sample.browser();

        @AfterEach
        void stop() {
            sample.close();
        }

        @ParameterizedTest
        @ValueSource(strings = {"/", "/style.css", "/seal.svg", "/health", "/nowhere"})
        @Keeps("H7")
        void that_need_no_session_start_none(String path) {
            assertThat(client.get(path).headers().allValues("Set-Cookie")).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"/", "/me", "/cart", "/preferences", "/login", "/nowhere"})
        void that_are_read_by_somebody_signed_in_set_no_cookie(String path) {
            signIn(client, "ada", "lovelace");
            client.get("/me");

            assertThat(client.get(path).headers().allValues("Set-Cookie")).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"/", "/me", "/cart", "/login", "/style.css", "/nowhere", "/health"})
        @Keeps("H5")
        void tell_browsers_what_not_to_do(String path) {
            HttpHeaders headers = client.get(path).headers();

            assertThat(headers.firstValue("Content-Security-Policy"))
                    .hasValueSatisfying(policy -> assertThat(policy)
                            .startsWith("default-src 'none'")
                            .contains("frame-ancestors 'none'")
                            .doesNotContain("unsafe"));
            assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(headers.firstValue("Referrer-Policy")).hasValue("same-origin");
            assertThat(headers.firstValue("Cross-Origin-Opener-Policy")).hasValue("same-origin");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"/", "/me", "/cart", "/preferences", "/inspector", "/devices", "/login", "/admin", "/nowhere"
                })
        void need_neither_a_script_nor_a_style_of_their_own(String path) {
            signIn(client, "root", "admin");

            assertThat(client.get(path).body())
                    .doesNotContain("<script>", "<style", "style=", " onclick", "javascript:");
        }

        @ParameterizedTest
        @ValueSource(strings = {"/me", "/cart"})
        void of_a_person_have_forms_that_a_script_can_send_too(String path) {
            signIn(client, "ada", "lovelace");

            assertThat(client.csrfToken(path)).hasSizeGreaterThan(20);
        }

        @Test
        void tell_a_script_who_is_signed_in_and_until_when() {
            signIn(client, "ada", "lovelace");

            assertThat(client.fetch("/me").body())
                    .matches("\\{\"subject\":\"ada\",\"sid\":\"[\\w-]{22}\",\"startedAt\":\"[-0-9T:]+Z\","
                            + "\"idleUntil\":\"[-0-9T:]+Z\",\"endsAt\":\"[-0-9T:]+Z\"}");
            assertThat(client.get("/health").body()).contains("\"status\":\"up\"");
        }

        @Test
        void tell_a_script_that_nobody_is_signed_in() {
            HttpResponse<String> response = client.fetch("/me");

            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
            assertThat(response.headers().allValues("Set-Cookie")).isEmpty();
            assertThat(response.body()).startsWith("{\"status\":401,");
        }
    }

    private static ThrowingConsumer<HttpResponse<String>> leadsTo(String path) {
        return response -> {
            assertThat(response.statusCode()).isEqualTo(303);
            assertThat(response.headers().firstValue("Location")).hasValue(path);
        };
    }
}
