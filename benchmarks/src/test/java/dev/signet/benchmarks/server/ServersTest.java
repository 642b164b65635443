package dev.signet.benchmarks.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.benchmarks.Content;
import dev.signet.benchmarks.ContentJson;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every server that is compared does the work it is measured for. */
class ServersTest {
    @Nested
    class Each_server {
        private static Redis redis;

        @BeforeAll
        static void start_redis() throws Exception {
            redis = Redis.start();
        }

        @AfterAll
        static void stop_redis() {
            redis.close();
        }

        @ParameterizedTest
        @EnumSource
        void opens_the_sessions_it_is_given_and_none_of_which_a_cookie_was_changed(Variant variant) throws Exception {
            try (Endpoint endpoint = Endpoint.start(variant, redis.port())) {
                new Proof(variant, new Browser(endpoint.port())).given();
            }
        }

        @ParameterizedTest
        @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
        void is_told_who_asks_by_cookies_alone(Variant variant) throws Exception {
            try (Endpoint endpoint = Endpoint.start(variant, redis.port())) {
                Browser browser = new Browser(endpoint.port());
                String cookies = browser.signIn(Visitors.BOB.subject());
                assertThat(browser.ask("/me", "").statusCode()).isEqualTo(401);
                Content opened =
                        ContentJson.read(browser.ask("/content", cookies).body());
                assertThat(opened.subject()).isEqualTo(Visitors.BOB.subject());
                assertThat(opened.state()).isEqualTo((variant.bringsState() ? Visitors.BOB : Visitors.ADA).state());
            }
        }

        @Test
        void that_answers_without_looking_is_found_out() throws Exception {
            try (Endpoint endpoint = Endpoint.start(Variant.NONE, redis.port())) {
                Proof proof = new Proof(Variant.JETTY, new Browser(endpoint.port()));
                assertThatThrownBy(proof::given).hasMessageContaining("other content than that of bob-1816");
            }
        }
    }

    @Test
    void the_two_visitors_differ_in_every_way() {
        assertThat(Visitors.ADA.subject()).isNotEqualTo(Visitors.BOB.subject());
        assertThat(Visitors.ADA.state()).isNotEqualTo(Visitors.BOB.state());
        assertThat(Endpoint.line(Visitors.ADA)).matches("ada-1815 dark en-GB [1-9] [1-9][0-9]+");
        assertThat(Endpoint.line(Visitors.BOB)).isEqualTo("bob-1816 dark en-GB 0 0");
    }

    @Test
    void each_cookie_is_changed_in_turn() {
        assertThat(Proof.changed("one=xyz; two=w0w")).containsExactly("one=x0z; two=w0w", "one=xyz; two=w1w");
    }

    @Test
    void a_foreign_cookie_makes_the_header_as_long_as_the_ticket() {
        assertThat(Contender.ALL)
                .extracting(
                        contender -> contender.sent("JSESSIONID=node01", 320).length())
                .containsExactly(17, 17, 320, 17, 17, 17, 17, 17, 17, 17, 17);
    }

    @Nested
    class What_wrk_says {
        private static final String FINE = """
                  1 threads and 16 connections
                  50612 requests in 1.00s, 7.00MB read
                Requests/sec:  50488.25
                Transfer/sec:      6.98MB
                """;

        @Test
        void is_read() {
            assertThat(Wrk.read(FINE)).isEqualTo(new Wrk.Answered(50612, 50488.25));
        }

        @Test
        void is_no_result_when_answers_were_errors() {
            for (String fault : List.of("  Non-2xx or 3xx responses: 3\n", "  Socket errors: connect 0, read 5\n")) {
                assertThatThrownBy(() -> Wrk.read(FINE + fault)).hasMessageContaining("not answered");
            }
            assertThatThrownBy(() -> Wrk.read("unable to connect")).hasMessageContaining("unable to connect");
        }
    }
}
