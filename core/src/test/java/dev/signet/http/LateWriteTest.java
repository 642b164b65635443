package dev.signet.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.Keeps;
import dev.signet.SignIn;
import dev.signet.http.Browser.Visit;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Once the response is on its way, a change is an error and never lost without a word. */
@Keeps("H9")
class LateWriteTest {
    private final Shop shop = Shop.inMemory();
    private final WebSessions app = shop.instance();

    @AfterEach
    void close() {
        shop.close();
    }

    static Stream<Named<Consumer<WebSession>>> changes() {
        return Stream.of(
                change("set", session -> session.set(Shop.THEME, "late")),
                change("set by name", session -> session.set("theme", "late")),
                change("update", session -> session.update(Shop.CART, cart -> List.of("late"))),
                change("remove", session -> session.remove(Shop.THEME)),
                change("remove by name", session -> session.remove("theme")),
                change("flash", session -> session.flash("late")),
                change("takeFlash", WebSession::takeFlash),
                change("start", session -> session.start("bob")),
                change("start with a sign-in", session -> session.start(SignIn.as("bob"))),
                change("restart", session -> session.restart()),
                change("restart with roles", session -> session.restart(Set.of("ADMIN"))),
                change("restart with a sign-in", session -> session.restart(SignIn.as("ada"))),
                change("end", session -> session.end()),
                change("endEverywhere", session -> session.endEverywhere()),
                change("endOthers", WebSession::endOthers));
    }

    private static Named<Consumer<WebSession>> change(String name, Consumer<WebSession> change) {
        return Named.of(name, change);
    }

    private Browser withFlash() {
        Browser browser = shop.signedIn(app, "ada");
        Visit visit = browser.form(app);
        visit.session.flash("hello");
        visit.finish();
        return browser;
    }

    @ParameterizedTest
    @MethodSource("changes")
    void a_late_change_throws_and_says_what_to_do(Consumer<WebSession> change) {
        Browser browser = withFlash();
        Visit visit = browser.form(app);
        visit.session.subject();
        visit.finish();

        assertThatThrownBy(() -> change.accept(visit.session))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("before the first byte");

        assertThat(browser.who(app)).contains("ada");
        assertThat(visit.session.get(Shop.THEME)).isEqualTo("dark");
    }

    @ParameterizedTest
    @MethodSource("changes")
    void also_when_nothing_was_asked_before(Consumer<WebSession> change) {
        Browser browser = withFlash();
        Visit visit = browser.form(app);
        visit.finish();

        assertThatThrownBy(() -> change.accept(visit.session)).isInstanceOf(IllegalStateException.class);

        assertThat(browser.who(app)).contains("ada");
    }

    @Test
    void a_late_csrf_token_throws_only_where_a_visitor_would_have_to_be_made() {
        Visit stranger = shop.browser().page(app).commit();
        Visit known = shop.signedIn(app, "ada").page(app).commit();

        assertThatThrownBy(stranger.session::csrfToken)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("before the first byte");
        assertThatCode(known.session::csrfToken).doesNotThrowAnyException();
    }

    @Test
    void reading_goes_on() {
        Visit visit = shop.signedIn(app, "ada").page(app).commit();

        assertThat(visit.session.subject()).isEqualTo("ada");
        assertThat(visit.session.get(Shop.THEME)).isEqualTo("dark");
        assertThat(visit.session.takeFlash()).isEmpty();
        assertThat(visit.head.all()).isEmpty();
    }

    @Test
    void a_second_commit_does_nothing() {
        Visit visit = shop.browser().form(app);
        visit.session.start("ada");
        visit.commit();
        List<String> once = visit.setCookies();

        visit.commit();

        assertThat(visit.setCookies()).isEqualTo(once).hasSize(1);
    }

    @Test
    void a_commit_never_throws_even_into_headers_that_do() {
        WebSession session = shop.browser().form(app).session;
        session.start("ada");

        assertThatCode(() -> session.commit(new ResponseHead() {
                    @Override
                    public List<String> headers(String name) {
                        throw new IllegalStateException("committed");
                    }

                    @Override
                    public void set(String name, String value) {
                        throw new IllegalStateException("committed");
                    }

                    @Override
                    public void add(String name, String value) {
                        throw new IllegalStateException("committed");
                    }

                    @Override
                    public void remove(Set<String> names) {
                        throw new IllegalStateException("committed");
                    }
                }))
                .doesNotThrowAnyException();
    }
}
