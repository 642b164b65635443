package dev.signet.sample;

import static dev.signet.sample.Running.signIn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.Keeps;
import dev.signet.Tries;
import dev.signet.testing.Browser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the sample shows of the things that an application has to do itself. */
class SafetyTest {
    private static final String PAGES = "/, /me, /cart, /preferences, /login, /nowhere";
    private static final Running SAMPLE = Running.sample();

    private final Browser ada = SAMPLE.browser();

    @AfterAll
    static void stop() {
        SAMPLE.close();
    }

    private static List<String> pages() {
        return List.of(PAGES.split(", "));
    }

    @Nested
    class Signing_out {
        @Test
        @Keeps("S8")
        void is_offered_on_every_page_of_somebody_signed_in_as_a_guarded_form() {
            signIn(ada, "ada", "lovelace");

            assertThat(pages())
                    .allSatisfy(page -> assertThat(ada.get(page).body())
                            .containsPattern(
                                    "<form method=\"post\" action=\"/logout\"><input type=\"hidden\" name=\"_csrf\"")
                            .doesNotContain("href=\"/logout"));
        }

        @Test
        @Keeps("S8")
        @Tries(46)
        void does_not_happen_by_a_link_an_image_or_a_form_of_another_site() {
            signIn(ada, "ada", "lovelace");
            for (String site : List.of("none", "same-origin", "cross-site")) {
                HttpResponse<String> link = ada.send(
                        ada.request("/logout").header("Sec-Fetch-Site", site).GET());
                assertThat(link.statusCode()).isIn(404, 405);
            }
            HttpResponse<String> form = ada.send(ada.request("/logout")
                    .header("Sec-Fetch-Site", "cross-site")
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString("")));

            assertThat(form.statusCode()).isEqualTo(403);
            assertThat(ada.fetch("/me").statusCode()).isEqualTo(200);
        }
    }

    @Nested
    class Signing_in {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/login?username=ada&password=lovelace",
                    "/login?username=ada&password=lovelace&remember=yes&_method=POST",
                    "/?user=ada",
                    "/me?subject=ada&sid=AAAAAAAAAAAAAAAAAAAAAA",
                    "/me?__Host-session=x",
                    "/cart;jsessionid=ada",
                    "/login/ada/lovelace",
                    "/login?next=/me&token=x"
                })
        @Keeps("S13")
        @Tries({46, 48})
        void does_not_happen_by_a_link(String link) {
            Browser client = SAMPLE.browser();
            HttpResponse<String> response = client.get(link);

            assertThat(client.cookies()).doesNotContainKey("__Host-session");
            assertThat(response.body()).doesNotContain("Signed in as");
            assertThat(client.fetch("/me").statusCode()).isEqualTo(401);
        }

        /** Time is not compared here: a name that is unknown is checked against a hash as well. */
        @ParameterizedTest
        @CsvSource({"ada, wrong", "nobody, lovelace", "root, ''"})
        @Tries(39)
        void says_the_same_of_unknown_names_and_wrong_passwords(String name, String password) {
            HttpResponse<String> refused = signIn(SAMPLE.browser(), name, password);
            HttpResponse<String> other = signIn(SAMPLE.browser(), "zoe", "zoe");

            assertThat(refused.statusCode()).isEqualTo(other.statusCode());
            assertThat(withoutTokens(refused.body(), name)).isEqualTo(withoutTokens(other.body(), "zoe"));
            assertThat(refused.headers().map().keySet())
                    .isEqualTo(other.headers().map().keySet());
        }

        private String withoutTokens(String body, String name) {
            return body.replaceAll("name=\"_csrf\" value=\"[^\"]+\"", "")
                    .replace("name=\"username\" value=\"" + name + "\"", "");
        }
    }

    @Nested
    class Cookies {
        @Test
        @Keeps({"C2", "C7"})
        void show_in_no_page_and_no_other_header() {
            ada.submit("/cart", "/cart", "item", "Sealing wax");
            signIn(ada, "ada", "lovelace");
            ada.submit("/preferences", "/preferences", "theme", "dark");
            for (String page : pages()) {
                HttpResponse<String> response = ada.get(page);
                String headers = response.headers().map().entrySet().stream()
                        .filter(header -> !header.getKey().equalsIgnoreCase("set-cookie"))
                        .map(Map.Entry::getValue)
                        .toList()
                        .toString();
                assertThat(ada.cookies().values())
                        .isNotEmpty()
                        .allSatisfy(value -> assertThat(response.body() + headers)
                                .doesNotContain(value, value.substring(value.lastIndexOf('.') + 1)));
            }
        }
    }

    @Nested
    class Behind_TLS {
        private static final String STRICT = "Strict-Transport-Security";

        @Test
        @Keeps("H5")
        void browsers_are_told_to_stay_there_for_a_year() {
            try (Running behind = Running.behind("https://shop.example")) {
                for (String page : List.of("/", "/me", "/login", "/style.css", "/nowhere")) {
                    assertThat(behind.browser().get(page).headers().firstValue(STRICT))
                            .as(page)
                            .hasValue("max-age=31536000");
                }
            }
        }

        @Test
        @Keeps({"H3", "H5"})
        @Tries(50)
        void is_not_believed_of_a_header() {
            HttpResponse<String> page = ada.send(
                    ada.request("/").header("X-Forwarded-Proto", "https").GET());

            assertThat(page.headers().firstValue(STRICT)).isEmpty();
        }

        @Test
        @Keeps("H3")
        void the_address_that_people_use_counts_as_ours_and_no_other() {
            try (Running behind = Running.behind("https://shop.example")) {
                assertThat(signIn(behind, "https://shop.example")).isEqualTo(303);
                assertThat(signIn(behind, "https://evil.example")).isEqualTo(403);
                assertThat(signIn(SAMPLE, "https://shop.example")).isEqualTo(403);
            }
        }

        private int signIn(Running sample, String origin) {
            Browser client = sample.browser();
            return client.send(client.request("/login")
                            .header("Origin", origin)
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(BodyPublishers.ofString("username=ada&password=lovelace")))
                    .statusCode();
        }
    }

    /** The connection ends in the middle of a form. */
    @Nested
    class A_form_that_is_cut_short {
        @ParameterizedTest
        @CsvSource({"/login, Content-Length: 200", "/login, Transfer-Encoding: chunked", "/cart, Content-Length: 200"})
        @Tries(49)
        void is_answered_as_such_and_does_nothing(String path, String length) throws IOException {
            URI origin = URI.create(SAMPLE.origin());
            try (Socket socket = new Socket(InetAddress.getByName("localhost"), origin.getPort())) {
                String body = (length.startsWith("T") ? "64\r\n" : "") + "username=ada&password=lovelace&item=x";
                String head = "POST " + path + " HTTP/1.1\r\nHost: " + origin.getAuthority() + "\r\n" + length
                        + "\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n";
                socket.getOutputStream().write((head + body).getBytes(StandardCharsets.US_ASCII));
                socket.shutdownOutput();
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

                assertThat(answer).startsWith("HTTP/1.1 400 ").doesNotContain("__Host-session=", "Welcome");
            }
        }
    }
}
