package dev.signet.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.signet.SessionListener;
import dev.signet.Sessions;
import dev.signet.SignIn;
import dev.signet.Verification;
import dev.signet.http.Browser.Visit;
import dev.signet.keys.KeyRing;
import dev.signet.revocation.Revocation;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReadingTest {
    private final Shop shop = Shop.onStore();
    private final WebSessions app = shop.instance();

    @AfterEach
    void close() {
        shop.close();
    }

    /** Brings a browser into one of the states in which it may present itself. */
    private interface State {
        Browser arrange(Shop shop, WebSessions app);
    }

    private static Named<State> state(String name, State state) {
        return Named.of(name, state);
    }

    static Stream<Named<State>> states() {
        return Stream.of(
                state("no ticket", (shop, app) -> shop.browser()),
                state("visitor", Shop::visiting),
                state("session", (shop, app) -> shop.signedIn(app, "ada")),
                state("remembered session", (shop, app) -> {
                    Browser browser = shop.browser();
                    browser.signIn(app, SignIn.as("ada").remember());
                    return browser;
                }),
                state("expired session", (shop, app) -> {
                    Browser browser = shop.signedIn(app, "ada");
                    shop.clock.advance(Duration.ofMinutes(31));
                    return browser;
                }),
                state("expired visitor", (shop, app) -> {
                    Browser browser = shop.visiting(app);
                    shop.clock.advance(Duration.ofMinutes(31));
                    return browser;
                }),
                state("revoked session", (shop, app) -> {
                    Browser browser = shop.signedIn(app, "ada");
                    app.sessions().revoke(Revocation.everyone());
                    return browser;
                }),
                state("undecided session", (shop, app) -> {
                    Browser browser = shop.signedIn(app, "ada");
                    shop.loseStore();
                    return browser;
                }),
                state("garbage", (shop, app) -> {
                    Browser browser = shop.browser();
                    browser.plant(Shop.TICKET, "garbage");
                    browser.plant(Shop.VISITOR, "garbage");
                    browser.plant(Shop.CART_COOKIE, "garbage");
                    return browser;
                }),
                state("ticket of an unknown key", (shop, app) -> {
                    Browser browser = shop.browser();
                    browser.plant(
                            Shop.TICKET,
                            foreign(shop).cookieHeader(foreign(shop).sessions().start("eve")));
                    return browser;
                }));
    }

    private static WebSessions foreign(Shop shop) {
        return WebSessions.with(Sessions.with(KeyRing.generate())
                        .application("shop")
                        .clock(shop.clock)
                        .build())
                .build();
    }

    static Stream<Named<Consumer<WebSession>>> readings() {
        return Stream.of(
                reading("subject", WebSession::subject),
                reading("current", WebSession::current),
                reading("verification", WebSession::verification),
                reading("get", session -> session.get(Shop.CART)),
                reading("get by name", session -> session.get("theme")),
                reading("takeFlash without one", WebSession::takeFlash),
                reading("csrfStale", WebSession::csrfStale),
                reading("requireFresh", session -> session.requireFresh(Duration.ofMinutes(1))),
                reading("requireRole", session -> session.requireRole(Set.of("ADMIN"))),
                reading("checkCsrf", session -> session.checkCsrf(false)),
                reading("checkUpgradeOrigin", WebSession::checkUpgradeOrigin),
                reading("authoritative", WebSession::authoritative),
                reading("withoutRenewal", WebSession::withoutRenewal),
                reading("standing", WebSession::standing),
                reading("toString", WebSession::toString));
    }

    private static Named<Consumer<WebSession>> reading(String name, Consumer<WebSession> reading) {
        return Named.of(name, reading);
    }

    static Stream<Arguments> every_reading_in_every_state() {
        return states().flatMap(state -> readings().map(reading -> Arguments.of(state, reading)));
    }

    @ParameterizedTest
    @MethodSource("every_reading_in_every_state")
    void sets_no_cookie(State state, Consumer<WebSession> reading) {
        Visit visit = state.arrange(shop, app).background(app);

        quietly(() -> reading.accept(visit.session));

        assertThat(visit.commit().setCookies()).isEmpty();
    }

    private static void quietly(ThrowingCallable reading) {
        Throwable refusal = catchThrowable(reading);
        assertThat(refusal == null ? "" : refusal.getClass().getSimpleName())
                .isIn("", "NotSignedIn", "NotAllowed", "FreshSignInRequired", "StoreUnavailable");
    }

    @Test
    void asking_for_a_csrf_token_with_a_ticket_sets_no_cookie() {
        for (Browser browser : List.of(shop.visiting(app), shop.signedIn(app, "ada"))) {
            Visit visit = browser.page(app);

            visit.session.csrfField();

            assertThat(visit.commit().setCookies()).isEmpty();
        }
    }

    @Nested
    class Nothing_is_opened {
        @ParameterizedTest
        @MethodSource("dev.signet.http.ReadingTest#states")
        void before_somebody_asks(State state) {
            Browser browser = state.arrange(shop, app);
            shop.clock.advance(Shop.RENEWAL_DUE);
            shop.heard.refused.clear();

            Visit visit = browser.page(app);
            visit.session.csrfStale();
            visit.session.withoutRenewal();
            visit.session.authoritative();
            visit.commit();

            assertThat(visit.request.asked()).doesNotContain("Cookie");
            assertThat(shop.heard.refused).isEmpty();
            assertThat(visit.head.all()).isEmpty();
        }

        @Test
        void but_the_ticket_when_only_the_subject_is_asked_for() {
            Browser browser = shop.signedIn(app, "ada");
            browser.plant(Shop.CART_COOKIE, "garbage");
            List<String> slots = new CopyOnWriteArrayList<>();
            WebSessions listening = WebSessions.with(shop.sessions(
                            shop.revocations(),
                            s -> s.listener(new SessionListener() {
                                @Override
                                public void slotRefused(String slot, Verification.Cause cause) {
                                    slots.add(slot);
                                }
                            })))
                    .build();

            Visit visit = browser.page(listening);
            assertThat(visit.session.subject()).isEqualTo("ada");
            assertThat(slots).isEmpty();

            visit.session.get(Shop.CART);
            assertThat(slots).containsExactly("cart");
        }

        @Test
        void and_a_safe_method_passes_csrf_unasked() {
            Visit visit = shop.signedIn(app, "ada").page(app);

            visit.session.checkCsrf(false);

            assertThat(visit.request.asked()).isEmpty();
        }
    }
}
