package dev.signet.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.Keeps;
import dev.signet.Lifetime;
import dev.signet.SignIn;
import dev.signet.Tries;
import dev.signet.http.Browser.Visit;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CookieLinesTest {
    private static final String KEPT = "; Path=/; Secure; HttpOnly; SameSite=Lax";
    private static final String DELETED =
            "; Path=/; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Secure; HttpOnly; SameSite=Lax";
    private static final String TOKEN = "[A-Za-z0-9_-]+\\.\\.[A-Za-z0-9_-]{16}\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]{22}";

    private final Shop shop = Shop.inMemory();
    private final WebSessions app = shop.instance();

    @AfterEach
    void close() {
        shop.close();
    }

    private static String kept(String name, long maxAge) {
        return name + "=…; Path=/; Max-Age=" + maxAge + "; Secure; HttpOnly; SameSite=Lax";
    }

    @Nested
    class By_default {
        @Test
        @Keeps({"C1", "C2", "C3", "C4"})
        void a_sign_in_sets_the_ticket() {
            Visit in = shop.browser().form(app);

            in.session.start("ada");

            assertThat(in.commit().shapes()).containsExactly(Shop.TICKET + "=…" + KEPT);
            assertThat(in.setCookies().get(0)).matches("__Host-session=" + TOKEN + KEPT);
        }

        @Test
        void a_write_by_a_stranger_sets_the_visitors_ticket_and_the_slot() {
            Visit write = shop.browser().form(app);

            write.session.set(Shop.THEME, "dark");

            assertThat(write.commit().shapes())
                    .containsExactly(Shop.VISITOR + "=…" + KEPT, Shop.THEME_COOKIE + "=…" + KEPT);
            assertThat(write.setCookies().get(1)).matches("__Host-session\\.theme=" + TOKEN + KEPT);
        }

        @Test
        void a_write_in_a_session_sets_the_slot_and_nothing_else() {
            Visit write = shop.signedIn(app, "ada").form(app);

            write.session.set("note", "hello");

            assertThat(write.commit().shapes()).containsExactly("__Host-session.note=…" + KEPT);
        }

        @Test
        void a_removed_slot_is_deleted_if_it_came_in() {
            Visit remove = shop.signedIn(app, "ada").form(app);

            remove.session.remove(Shop.THEME);
            remove.session.remove("note");

            assertThat(remove.session.get(Shop.THEME)).isEqualTo("light");
            assertThat(remove.commit().setCookies()).containsExactly(Shop.THEME_COOKIE + "=" + DELETED);
        }

        @Test
        void a_sign_out_deletes_the_ticket_and_the_slots() {
            Visit out = shop.signedIn(app, "ada").form(app);

            out.session.end();

            assertThat(out.commit().setCookies())
                    .containsExactlyInAnyOrder(Shop.TICKET + "=" + DELETED, Shop.THEME_COOKIE + "=" + DELETED);
        }

        @Test
        @Keeps("C2")
        void the_value_is_in_no_other_header() {
            Visit in = shop.browser().form(app);
            in.session.start("ada");
            in.commit();

            String ticket = in.setCookies().get(0).replaceFirst("^[^=]+=([^;]+);.*", "$1");

            in.head.all().forEach((name, lines) -> {
                if (!name.equalsIgnoreCase("Set-Cookie")) {
                    assertThat(lines).noneMatch(line -> line.contains(ticket));
                }
            });
        }

        @Test
        void a_session_of_another_name_has_cookies_of_its_own() {
            WebSessions admin = shop.lasting(s -> s.name("admin"));
            Browser browser = shop.signedIn(app, "ada");

            browser.signIn(admin, "root");

            assertThat(browser.names()).contains("__Host-admin", Shop.TICKET);
            assertThat(browser.who(admin)).contains("root");
            assertThat(browser.who(app)).contains("ada");
        }
    }

    static Stream<Named<CookieSettings>> settings() {
        return Stream.of(
                Named.of("default", CookieSettings.DEFAULT),
                Named.of("strict", CookieSettings.DEFAULT.sameSite(SameSite.STRICT)),
                Named.of("none", CookieSettings.DEFAULT.sameSite(SameSite.NONE)),
                Named.of("domain", CookieSettings.DEFAULT.domain("shop.example")),
                Named.of(
                        "domain and strict",
                        CookieSettings.DEFAULT.sameSite(SameSite.STRICT).domain("shop.example")),
                Named.of("secure prefix", CookieSettings.DEFAULT.prefix("__Secure-")));
    }

    @ParameterizedTest
    @MethodSource("settings")
    @Keeps("C9")
    void a_deletion_repeats_every_attribute_and_the_browser_obeys(CookieSettings settings) {
        WebSessions configured = shop.with(b -> b.cookies(settings));
        Browser browser = shop.browser();
        Visit in = browser.form(configured);
        in.session.start("ada");
        in.session.set(Shop.THEME, "dark");
        in.finish();
        Visit out = browser.form(configured);
        out.session.end();
        out.finish();

        assertThat(browser.ignored()).isEmpty();
        assertThat(browser.names()).isEmpty();
        assertThat(out.setCookies()).hasSize(2).allSatisfy(line -> {
            Set<String> deletion = attributes(line);
            assertThat(deletion).contains("Max-Age=0", "Expires=Thu, 01 Jan 1970 00:00:00 GMT");
            deletion.removeIf(attribute -> attribute.startsWith("Max-Age") || attribute.startsWith("Expires"));
            assertThat(deletion).isEqualTo(attributes(in.setCookies().get(0)));
        });
    }

    private static Set<String> attributes(String line) {
        return Stream.of(line.split("; ")).skip(1).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    @Keeps("C1")
    void with_a_domain_they_are_called_secure_and_say_it() {
        WebSessions shared = shop.with(b -> b.cookies(CookieSettings.DEFAULT.domain("shop.example")));
        Visit in = shop.browser().form(shared);

        in.session.start("ada");
        in.session.set(Shop.THEME, "dark");

        String attributes = "; Path=/; Domain=shop.example; Secure; HttpOnly; SameSite=Lax";
        assertThat(in.commit().shapes())
                .containsExactly("__Secure-session=…" + attributes, "__Secure-session.theme=…" + attributes);
    }

    @Test
    @Keeps("C13")
    void nothing_personal_can_be_read_in_any_part_of_any_cookie() {
        Visit in = shop.browser().form(app);
        in.session.start(SignIn.as("ada-canary").roles("ROLE-canary").fact("tenant", "fact-canary"));
        in.session.set(Shop.THEME, "theme-canary");
        in.session.flash("flash-canary");

        assertThat(in.commit().setCookies()).hasSize(3).allSatisfy(line -> {
            assertThat(line).doesNotContain("canary");
            String value = line.substring(line.indexOf('=') + 1, line.indexOf(';'));
            for (String part : value.split("\\.")) {
                assertThat(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.ISO_8859_1))
                        .doesNotContain("canary");
            }
        });
    }

    @Test
    @Keeps({"C4", "C5"})
    void the_newer_prefixes_have_the_attributes_that_browsers_insist_on() {
        WebSessions host = shop.with(b -> b.cookies(CookieSettings.DEFAULT.prefix("__Host-Http-")));
        WebSessions shared = shop.with(
                b -> b.cookies(CookieSettings.DEFAULT.prefix("__Http-").domain("shop.example")));

        assertThat(shapesOfSignIn(host)).containsExactly("__Host-Http-session=…" + KEPT);
        assertThat(shapesOfSignIn(shared))
                .containsExactly("__Http-session=…; Path=/; Domain=shop.example; Secure; HttpOnly; SameSite=Lax");
        Browser browser = shop.signedIn(host, "ada");
        assertThat(browser.who(host)).contains("ada");
        assertThat(browser.who(app)).isEmpty();
    }

    private List<String> shapesOfSignIn(WebSessions configured) {
        Visit in = shop.browser().form(configured);
        in.session.start("ada");
        return in.commit().shapes();
    }

    @Test
    @Keeps({"C9", "C10"})
    void partitioned_is_said_where_it_was_asked_for_in_deletions_too() {
        WebSessions framed = shop.with(
                b -> b.cookies(CookieSettings.DEFAULT.sameSite(SameSite.NONE).partitioned()));
        Visit out = shop.signedIn(framed, "ada").form(framed);
        out.session.end();

        assertThat(shapesOfSignIn(framed))
                .containsExactly("__Host-session=…; Path=/; Secure; HttpOnly; SameSite=None; Partitioned");
        assertThat(out.commit().setCookies())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line)
                        .contains("; Max-Age=0; ")
                        .endsWith("; Secure; HttpOnly; SameSite=None; Partitioned"));
        assertThat(shapesOfSignIn(app)).containsExactly("__Host-session=…" + KEPT);
    }

    @Test
    @Keeps("C3")
    void same_site_is_said_as_configured() {
        for (SameSite sameSite : SameSite.values()) {
            WebSessions configured = shop.with(b -> b.cookies(CookieSettings.DEFAULT.sameSite(sameSite)));
            Visit in = shop.browser().form(configured);
            in.session.start("ada");

            assertThat(in.commit().setCookies().get(0)).endsWith("; SameSite=" + sameSite.attribute());
        }
    }

    @Test
    @Keeps("C7")
    void no_name_is_set_twice_whatever_a_request_does() {
        Browser browser = shop.visiting(app);
        browser.plant(Shop.TICKET, "garbage");
        Visit visit = browser.page(app);
        WebSession session = visit.session;

        session.set(Shop.THEME, "a");
        session.start(SignIn.as("ada").carry(Shop.CART).remember());
        session.set(Shop.THEME, "b");
        session.remove(Shop.CART);
        session.set(Shop.CART, List.of("b"));
        session.restart(Set.of("ADMIN"));
        session.set(Shop.NOTE, "c");
        session.endOthers();
        session.end(Shop.THEME, Shop.CART);
        session.flash("bye");
        session.start(SignIn.as("bob").carry(Shop.THEME));
        session.flash("welcome");
        visit.commit();

        assertThat(visit.touched()).doesNotHaveDuplicates().contains(Shop.TICKET, Shop.VISITOR, Shop.THEME_COOKIE);
    }

    @Nested
    class Max_age {
        private final Lifetime kept =
                Lifetime.of(Duration.ofDays(2), Duration.ofDays(5)).keptByBrowser();
        private final WebSessions lasting = shop.lasting(s -> s.remembered(kept));

        @Test
        void of_a_remembered_ticket_is_its_idle_deadline_at_each_renewal() {
            Browser browser = shop.browser();
            Visit in = browser.form(lasting);
            in.session.start(SignIn.as("ada").remember());
            assertThat(in.finish().shapes()).containsExactly(kept(Shop.TICKET, 2 * 86_400));

            shop.clock.advance(Duration.ofHours(47));
            Visit renewal = browser.background(lasting);
            renewal.session.subject();
            assertThat(renewal.finish().shapes()).containsExactly(kept(Shop.TICKET, 2 * 86_400));

            shop.clock.advance(Duration.ofHours(47));
            Visit last = browser.background(lasting);
            last.session.subject();
            assertThat(last.finish().shapes()).containsExactly(kept(Shop.TICKET, (5 * 24 - 94) * 3600));
        }

        @Test
        void of_its_slots_is_the_absolute_deadline_at_each_write() {
            Browser browser = shop.browser();
            browser.signIn(lasting, SignIn.as("ada").remember());
            shop.clock.advance(Duration.ofHours(11).plusMillis(900));
            Visit write = browser.form(lasting);

            write.session.set(Shop.THEME, "dark");

            assertThat(write.commit().shapes()).containsExactly(kept(Shop.THEME_COOKIE, (5 * 24 - 11) * 3600));
        }

        @Test
        @Keeps("C8")
        void keeps_a_remembered_session_when_the_browser_is_closed_and_only_that() {
            Browser remembered = shop.browser();
            Browser ordinary = shop.browser();
            remembered.signIn(lasting, SignIn.as("ada").remember());
            ordinary.signIn(lasting, SignIn.as("ada"));
            for (int day = 0; day < 4; day++) {
                Visit visit = remembered.page(lasting);
                visit.session.subject();
                visit.finish();
                remembered.restart();
                ordinary.restart();
                shop.clock.advance(Duration.ofDays(1));
            }

            assertThat(remembered.who(lasting)).contains("ada");
            assertThat(ordinary.names()).isEmpty();
        }

        @Test
        @Keeps("S1")
        @Tries(33)
        void is_never_trusted() {
            Browser browser = shop.browser();
            browser.signIn(lasting, SignIn.as("ada").remember());
            String ticket = browser.value(Shop.TICKET).orElseThrow();
            shop.clock.advance(Duration.ofDays(2));
            assertThat(browser.names()).isEmpty();

            browser.plant(Shop.TICKET, ticket);

            assertThat(browser.who(lasting)).isEmpty();
        }

        @Test
        @Keeps("C8")
        void is_at_most_400_days() {
            Lifetime longest =
                    Lifetime.of(Duration.ofDays(400), Duration.ofDays(400)).keptByBrowser();
            WebSessions eternal = shop.lasting(s -> s.remembered(longest));
            Visit in = shop.browser().form(eternal);

            in.session.start(SignIn.as("ada").remember());
            in.session.set(Shop.THEME, "dark");

            assertThat(in.commit().shapes())
                    .containsExactly(kept(Shop.TICKET, 34_560_000), kept(Shop.THEME_COOKIE, 34_560_000));
        }

        @Test
        void is_given_to_visitors_where_they_are_kept() {
            WebSessions keeping = shop.lasting(s -> s.visitors(kept));
            Browser browser = shop.browser();
            Visit write = browser.form(keeping);

            write.session.set(Shop.THEME, "dark");

            assertThat(write.finish().shapes())
                    .containsExactly(kept(Shop.VISITOR, 2 * 86_400), kept(Shop.THEME_COOKIE, 5 * 86_400));
            browser.restart();
            assertThat(browser.background(keeping).session.get(Shop.THEME)).isEqualTo("dark");
        }

        @Test
        void is_given_to_kept_slots_of_a_new_visitor_only_where_visitors_are_kept() {
            Browser browser = shop.browser();
            Visit in = browser.form(lasting);
            in.session.start(SignIn.as("ada").remember());
            in.session.set(Shop.THEME, "dark");
            in.finish();
            Visit out = browser.form(lasting);

            out.session.end(Shop.THEME);

            assertThat(out.commit().shapes()).contains(Shop.VISITOR + "=…" + KEPT, Shop.THEME_COOKIE + "=…" + KEPT);
        }

        @Test
        void stays_with_a_restart() {
            Browser browser = shop.browser();
            browser.signIn(lasting, SignIn.as("ada").remember());
            Visit visit = browser.form(lasting);

            visit.session.restart(Set.of("ADMIN"));

            assertThat(visit.commit().shapes()).containsExactly(kept(Shop.TICKET, 2 * 86_400));
        }
    }
}
