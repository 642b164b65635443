package dev.signet.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.Keeps;
import dev.signet.Sessions;
import dev.signet.Verification.Outcome;
import dev.signet.http.Browser.Visit;
import dev.signet.keys.KeyRing;
import dev.signet.revocation.Revocation;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Keeps("S16")
class RefusedCookieTest {
    private static final String DELETED =
            "; Path=/; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Secure; HttpOnly; SameSite=Lax";

    private final Shop shop = Shop.inMemory();
    private final WebSessions app = shop.instance();

    @AfterEach
    void close() {
        shop.close();
    }

    static Stream<Named<BiFunction<Shop, WebSessions, Browser>>> refused() {
        return Stream.of(
                Named.of("expired", (shop, app) -> {
                    Browser browser = shop.signedIn(app, "ada");
                    shop.clock.advance(Duration.ofMinutes(31));
                    return browser;
                }),
                Named.of("revoked", (shop, app) -> {
                    Browser browser = shop.signedIn(app, "ada");
                    app.sessions().revoke(Revocation.subject("ada"));
                    return browser;
                }),
                Named.of("forged", (shop, app) -> {
                    Browser browser = shop.signedIn(app, "ada");
                    String ticket = browser.value(Shop.TICKET).orElseThrow();
                    char last = ticket.charAt(ticket.length() - 2);
                    browser.plant(
                            Shop.TICKET,
                            ticket.substring(0, ticket.length() - 2)
                                    + (last == 'A' ? 'B' : 'A')
                                    + ticket.charAt(ticket.length() - 1));
                    return browser;
                }),
                Named.of("garbage", (shop, app) -> {
                    Browser browser = shop.signedIn(app, "ada");
                    browser.plant(Shop.TICKET, "garbage");
                    return browser;
                }));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void on_a_navigation_it_is_deleted_with_its_slots_and_the_same_attributes(
            BiFunction<Shop, WebSessions, Browser> state) {
        Browser browser = state.apply(shop, app);
        Visit visit = browser.page(app);

        assertThat(visit.session.current()).isEmpty();
        visit.finish();

        assertThat(visit.setCookies())
                .containsExactlyInAnyOrder(Shop.TICKET + "=" + DELETED, Shop.THEME_COOKIE + "=" + DELETED);
        assertThat(browser.names()).isEmpty();
        assertThat(browser.ignored()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("refused")
    void the_late_answer_to_a_background_request_does_not_delete_a_sign_in(
            BiFunction<Shop, WebSessions, Browser> state) {
        Browser browser = state.apply(shop, app);
        Visit poll = browser.background(app);
        assertThat(poll.session.current()).isEmpty();

        browser.signIn(app, "bob");
        poll.finish();

        assertThat(poll.setCookies()).isEmpty();
        assertThat(browser.who(app)).contains("bob");
    }

    @ParameterizedTest
    @MethodSource("refused")
    void a_request_that_does_not_say_what_it_is_deletes_nothing(BiFunction<Shop, WebSessions, Browser> state) {
        Browser browser = state.apply(shop, app);
        List<Request> unclear = List.of(
                Request.bare("GET"),
                Request.page().without("Sec-Fetch-Dest"),
                Request.page().without("Sec-Fetch-Mode"),
                Request.page().without("Sec-Fetch-Dest").with("Sec-Fetch-Dest", "iframe"),
                Request.page().with("Sec-Fetch-Mode", "navigate"));

        for (Request request : unclear) {
            Visit visit = browser.open(app, request);
            visit.session.current();
            assertThat(visit.commit().setCookies()).isEmpty();
        }
    }

    @Test
    void a_visitors_is_deleted_with_its_slots() {
        Browser browser = shop.visiting(app);
        shop.clock.advance(Duration.ofMinutes(31));
        Visit visit = browser.page(app);

        visit.session.get(Shop.CART);
        visit.finish();

        assertThat(visit.touched()).containsExactlyInAnyOrder(Shop.VISITOR, Shop.CART_COOKIE, Shop.THEME_COOKIE);
        assertThat(browser.names()).isEmpty();
    }

    @Test
    void a_session_takes_none_of_a_live_visitors_slots_along_when_it_is_deleted() {
        Browser browser = shop.visiting(app);
        browser.plant(Shop.TICKET, "garbage");
        Visit visit = browser.page(app);

        assertThat(visit.session.get(Shop.CART)).containsExactly("apple");
        visit.finish();

        assertThat(visit.touched()).containsExactly(Shop.TICKET);
        assertThat(browser.background(app).session.get(Shop.CART)).containsExactly("apple");
    }

    @Test
    void one_of_an_unknown_key_is_left_alone_since_another_instance_may_know_it() {
        Sessions newer = Sessions.with(KeyRing.generate())
                .application("shop")
                .clock(shop.clock)
                .build();
        Browser browser = shop.signedIn(WebSessions.with(newer).build(), "ada");
        Visit visit = browser.page(app);

        assertThat(visit.session.verification().outcome()).isEqualTo(Outcome.INVALID);
        visit.finish();

        assertThat(visit.setCookies()).isEmpty();
        assertThat(browser.names()).containsExactly(Shop.TICKET, Shop.THEME_COOKIE);
    }

    @Test
    void one_that_is_undecided_is_left_alone() {
        try (Shop remote = Shop.onStore()) {
            WebSessions there = remote.instance();
            Browser browser = remote.signedIn(there, "ada");
            remote.loseStore();
            Visit visit = browser.page(there);

            assertThat(visit.session.verification().outcome()).isEqualTo(Outcome.UNDECIDED);
            visit.finish();

            assertThat(visit.setCookies()).isEmpty();
        }
    }

    @Test
    void twice_the_same_cookie_is_refused_and_deleted() {
        Browser browser = shop.signedIn(app, "ada");
        Request page = Request.page().with("Cookie", browser.cookieHeader());
        Visit visit = browser.open(app, page);

        assertThat(visit.session.current()).isEmpty();

        assertThat(visit.finish().touched()).contains(Shop.TICKET);
        assertThat(browser.names()).isEmpty();
    }

    @Test
    void a_sign_in_replaces_it() {
        Browser browser = shop.signedIn(app, "ada");
        app.sessions().revoke(Revocation.subject("ada"));

        browser.signIn(app, "ada");

        assertThat(browser.who(app)).contains("ada");
        assertThat(browser.names()).containsExactly(Shop.TICKET);
    }
}
