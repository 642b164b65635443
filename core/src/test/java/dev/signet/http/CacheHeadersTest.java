package dev.signet.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.Keeps;
import dev.signet.Tries;
import dev.signet.http.Browser.Visit;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Keeps("H1")
class CacheHeadersTest {
    private final Shop shop = Shop.inMemory();
    private final WebSessions app = shop.instance();

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void a_response_that_never_asked_is_left_alone() {
        Visit visit = shop.signedIn(app, "ada").page(app);
        visit.head.set("Cache-Control", "public, max-age=3600");
        visit.head.set("Expires", "tomorrow");

        visit.commit();

        assertThat(visit.head.all()).containsOnlyKeys("Cache-Control", "Expires");
        assertThat(visit.head.headers("Cache-Control")).containsExactly("public, max-age=3600");
    }

    @Test
    void a_response_that_asked_about_a_stranger_is_private() {
        Visit visit = shop.browser().page(app);

        visit.session.current();
        visit.commit();

        assertThat(visit.head.headers("Cache-Control")).containsExactly("private, no-cache");
        assertThat(visit.head.headers("Vary")).containsExactly("Cookie");
    }

    @Test
    void a_response_that_read_a_visitors_slot_is_private() {
        Visit visit = shop.visiting(app).page(app);

        visit.session.get(Shop.CART);
        visit.commit();

        assertThat(visit.head.headers("Cache-Control")).containsExactly("private, no-cache");
        assertThat(visit.head.headers("Vary")).containsExactly("Cookie");
    }

    private void notStored(Visit visit) {
        visit.head.set("Cache-Control", "public, max-age=3600");
        visit.commit();

        assertThat(visit.head.headers("Cache-Control")).containsExactly("no-store");
        assertThat(visit.head.headers("Vary")).containsExactly("Cookie");
    }

    @Nested
    @Keeps("H1")
    @Tries(47)
    class Not_stored_is_a_response {
        @Test
        void to_somebody_signed_in() {
            Visit visit = shop.signedIn(app, "ada").page(app);
            visit.session.current();

            notStored(visit);
        }

        @Test
        void that_renews() {
            Browser browser = shop.visiting(app);
            shop.clock.advance(Shop.RENEWAL_DUE);
            Visit visit = browser.page(app);
            visit.session.get(Shop.CART);

            notStored(visit);
            assertThat(visit.touched()).containsExactly(Shop.VISITOR);
        }

        @Test
        void that_writes_a_slot() {
            Visit visit = shop.browser().form(app);
            visit.session.set(Shop.THEME, "dark");

            notStored(visit);
        }

        @Test
        void that_signs_in() {
            Visit visit = shop.browser().form(app);
            visit.session.start("ada");

            notStored(visit);
        }

        @Test
        void that_signs_out() {
            Visit visit = shop.signedIn(app, "ada").form(app);
            visit.session.end();

            notStored(visit);
        }

        @Test
        void that_deletes_a_refused_cookie() {
            Browser browser = shop.signedIn(app, "ada");
            shop.clock.advance(Duration.ofMinutes(31));
            Visit visit = browser.page(app);
            visit.session.current();

            notStored(visit);
            assertThat(visit.setCookies()).isNotEmpty();
        }

        @Test
        void that_makes_a_visitor_for_a_csrf_token() {
            Visit visit = shop.browser().page(app);
            visit.session.csrfToken();

            notStored(visit);
        }

        @Test
        void to_somebody_who_was_signed_out_meanwhile() {
            Browser browser = shop.signedIn(app, "ada");
            Visit visit = browser.page(app);
            visit.session.subject();
            Visit out = browser.form(app);
            out.session.end();
            out.commit();

            notStored(visit);
        }

        @Test
        void to_somebody_undecided() {
            try (Shop remote = Shop.onStore()) {
                WebSessions there = remote.instance();
                Browser browser = remote.signedIn(there, "ada");
                remote.loseStore();
                Visit visit = browser.page(there);
                visit.session.current();

                notStored(visit);
            }
        }
    }

    @Nested
    @Keeps("H2")
    @Tries(47)
    class Headers_of_the_application {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "public",
                    "public, max-age=31536000, immutable",
                    "max-age=60",
                    "private",
                    "private, max-age=60",
                    "s-maxage=60",
                    "no-cache",
                    "must-revalidate"
                })
        void that_are_weaker_are_replaced(String weaker) {
            Visit visit = shop.browser().page(app);
            visit.head.set("Cache-Control", weaker);
            visit.head.add("Cache-Control", "max-age=60");
            visit.head.set("Expires", "Thu, 01 Jan 2099 00:00:00 GMT");
            visit.head.set("Pragma", "cache");
            visit.head.set("CDN-Cache-Control", "max-age=60");
            visit.head.set("Surrogate-Control", "max-age=60");

            visit.session.current();
            visit.commit();

            assertThat(visit.head.headers("Cache-Control")).containsExactly("private, no-cache");
            assertThat(visit.head.all()).containsOnlyKeys("Cache-Control", "Vary");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"no-store", "No-Store", "private, no-store", "no-cache, no-store, max-age=0, must-revalidate"
                })
        void that_are_stronger_are_kept_where_only_somebody_asked(String stronger) {
            Visit visit = shop.browser().page(app);
            visit.head.set("Cache-Control", stronger);

            visit.session.current();
            visit.commit();

            assertThat(visit.head.headers("Cache-Control")).containsExactly(stronger);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "Accept-Encoding|2",
                    "Accept-Encoding, Cookie|1",
                    "cookie|1",
                    "*|1",
                    "Accept, COOKIE ,Origin|1",
                    "X-Cookie|2",
                    "Cookie2|2"
                })
        void that_vary_are_kept_and_completed(String vary, int lines) {
            Visit visit = shop.browser().page(app);
            visit.head.set("Vary", vary);

            visit.session.current();
            visit.commit();

            assertThat(visit.head.headers("Vary")).hasSize(lines).startsWith(vary);
            assertThat(String.join(",", visit.head.headers("Vary")).toLowerCase(Locale.ROOT))
                    .containsAnyOf("cookie", "*");
        }

        @Test
        void that_set_other_cookies_are_kept() {
            Visit visit = shop.browser().form(app);
            visit.head.add("Set-Cookie", "other=1; Path=/");

            visit.session.start("ada");
            visit.commit();

            assertThat(visit.touched()).containsExactly("other", Shop.TICKET);
        }

        @Test
        void are_replaced_where_cookies_could_not_be_written() {
            Visit visit = shop.browser().form(app);
            Head head = new Head();
            visit.session.start("ada");

            visit.session.commit(new ResponseHead() {
                @Override
                public List<String> headers(String name) {
                    return head.headers(name);
                }

                @Override
                public void set(String name, String value) {
                    head.set(name, value);
                }

                @Override
                public void add(String name, String value) {
                    if (name.equals("Set-Cookie")) {
                        throw new IllegalStateException("no room for it");
                    }
                    head.add(name, value);
                }

                @Override
                public void remove(Set<String> names) {
                    head.remove(names);
                }
            });

            assertThat(head.headers("Cache-Control")).containsExactly("no-store");
        }

        @Test
        void may_only_hide_no_store_within_another_word() {
            Visit visit = shop.browser().page(app);
            visit.head.set("Cache-Control", "public, x-no-store-hint, max-age=60");

            visit.session.current();
            visit.commit();

            assertThat(visit.head.headers("Cache-Control")).containsExactly("private, no-cache");
        }
    }
}
