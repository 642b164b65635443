package dev.signet.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.Keeps;
import dev.signet.Lifetime;
import dev.signet.http.Browser.Visit;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@Keeps("S1")
class RenewalTest {
    private final Shop shop = Shop.inMemory();
    private final WebSessions app = shop.instance();

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void rewrites_only_the_ticket() {
        Browser browser = shop.signedIn(app, "ada");
        shop.clock.advance(Shop.RENEWAL_DUE);
        Visit visit = browser.background(app);

        assertThat(visit.session.get(Shop.THEME)).isEqualTo("dark");

        assertThat(visit.commit().touched()).containsExactly(Shop.TICKET);
        assertThat(shop.heard.renewed).hasSize(1);
    }

    @Test
    void of_a_visitor_rewrites_only_the_visitors_ticket() {
        Browser browser = shop.visiting(app);
        shop.clock.advance(Shop.RENEWAL_DUE);
        Visit visit = browser.background(app);

        visit.session.get(Shop.CART);

        assertThat(visit.commit().touched()).containsExactly(Shop.VISITOR);
    }

    @Test
    @Keeps("S17")
    void comes_once_it_is_due_and_once_only() {
        Lifetime lifetime = Lifetime.of(Duration.ofMinutes(40), Duration.ofHours(2));
        WebSessions hasty = shop.lasting(s -> s.lifetime(lifetime));
        Browser browser = shop.signedIn(hasty, "ada");

        shop.clock.advance(Duration.ofMinutes(10).minusSeconds(1));
        assertThat(asking(browser, hasty)).isEmpty();
        shop.clock.advance(Duration.ofSeconds(1));
        assertThat(asking(browser, hasty)).containsExactly(Shop.TICKET);
        assertThat(asking(browser, hasty)).isEmpty();
    }

    @Test
    void keeps_the_session_alive_past_its_first_idle_deadline() {
        Browser browser = shop.signedIn(app, "ada");
        String id = browser.background(app).session.current().orElseThrow().id();

        for (int i = 0; i < 10; i++) {
            shop.clock.advance(Shop.RENEWAL_DUE);
            assertThat(asking(browser, app)).containsExactly(Shop.TICKET);
        }

        assertThat(browser.background(app).session.current().orElseThrow().id()).isEqualTo(id);
        assertThat(browser.background(app).session.get(Shop.THEME)).isEqualTo("dark");
    }

    @Test
    void does_not_come_where_the_request_says_so() {
        Browser browser = shop.signedIn(app, "ada");
        shop.clock.advance(Shop.RENEWAL_DUE);
        Visit visit = browser.background(app);

        visit.session.withoutRenewal();
        visit.session.subject();

        assertThat(visit.commit().setCookies()).isEmpty();
    }

    @Test
    void does_not_come_to_a_visitor_whom_a_session_replaced() {
        Browser browser = shop.visiting(app);
        browser.plant(Shop.TICKET, shop.signedIn(app, "ada").value(Shop.TICKET).orElseThrow());
        shop.clock.advance(Shop.RENEWAL_DUE);

        assertThat(asking(browser, app)).containsExactly(Shop.TICKET);
    }

    @Test
    void does_not_come_past_the_absolute_limit() {
        WebSessions brief = shop.lasting(s -> s.lifetime(Lifetime.of(Duration.ofMinutes(10), Duration.ofMinutes(12))));
        Browser browser = shop.signedIn(brief, "ada");

        shop.clock.advance(Duration.ofMinutes(9));
        assertThat(asking(browser, brief)).containsExactly(Shop.TICKET);
        shop.clock.advance(Duration.ofMinutes(3).minusSeconds(1));
        assertThat(asking(browser, brief)).isEmpty();
        assertThat(browser.who(brief)).contains("ada");
        shop.clock.advance(Duration.ofSeconds(1));
        assertThat(browser.who(brief)).isEmpty();
    }

    private List<String> asking(Browser browser, WebSessions at) {
        Visit visit = browser.background(at);
        visit.session.current();
        return visit.finish().touched();
    }

    @Test
    @Keeps("S17")
    void many_requests_at_once_renew_one_session() {
        WebSessions quick = shop.withoutLog();
        Browser browser = shop.signedIn(quick, "ada");
        shop.clock.advance(Shop.RENEWAL_DUE);
        List<Visit> visits =
                Stream.generate(() -> browser.background(quick)).limit(50).toList();

        visits.forEach(visit -> visit.session.subject());
        visits.forEach(Visit::finish);

        assertThat(visits).allSatisfy(visit -> assertThat(visit.touched()).containsExactly(Shop.TICKET));
        assertThat(visits).allSatisfy(visit -> {
            Browser one = shop.browser();
            one.receive(visit.setCookies());
            assertThat(one.who(quick)).contains("ada");
        });
    }
}
