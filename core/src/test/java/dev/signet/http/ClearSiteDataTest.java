package dev.signet.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.Keeps;
import dev.signet.http.Browser.Visit;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@Keeps("H8")
class ClearSiteDataTest {
    private final Shop shop = Shop.inMemory();
    private final WebSessions app = shop.with(b -> b.clearSiteData(Set.of(SiteData.values())));
    private final Browser ada = shop.signedIn(app, "ada");

    @AfterEach
    void close() {
        shop.close();
    }

    private static List<String> header(Visit visit) {
        return visit.commit().head.headers("Clear-Site-Data");
    }

    @Test
    void is_sent_with_a_sign_out() {
        Visit visit = ada.form(app);
        visit.session.end();

        assertThat(header(visit)).containsExactly("\"cache\", \"cookies\", \"storage\"");
    }

    @Test
    void spares_cookies_where_the_sign_out_keeps_something_in_them() {
        Visit keeping = ada.form(app);
        keeping.session.end(Shop.THEME);
        assertThat(header(keeping)).containsExactly("\"cache\", \"storage\"");

        Visit telling = shop.signedIn(app, "bob").form(app);
        telling.session.end();
        telling.session.flash("Goodbye.");
        assertThat(header(telling)).containsExactly("\"cache\", \"storage\"");
    }

    @Test
    void is_not_sent_with_anything_else() {
        Visit reading = ada.page(app);
        reading.session.subject();
        assertThat(header(reading)).isEmpty();

        Visit again = ada.form(app);
        again.session.end();
        again.session.start("ada");
        assertThat(header(again)).isEmpty();
    }

    @Test
    void is_not_sent_unless_it_was_asked_for() {
        WebSessions plain = shop.instance();
        Visit visit = shop.signedIn(plain, "ada").form(plain);
        visit.session.end();

        assertThat(header(visit)).isEmpty();
    }

    @Test
    void of_cookies_alone_is_left_out_where_they_are_needed() {
        WebSessions cookies = shop.with(b -> b.clearSiteData(Set.of(SiteData.COOKIES)));
        Visit visit = shop.signedIn(cookies, "ada").form(cookies);
        visit.session.end(Shop.THEME);

        assertThat(header(visit)).isEmpty();
    }
}
