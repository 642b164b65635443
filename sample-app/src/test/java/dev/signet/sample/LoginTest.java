package dev.signet.sample;

import static dev.signet.testing.SignetAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.SignIn;
import dev.signet.testing.Browser;
import dev.signet.testing.JavalinExtension;
import dev.signet.testing.MovableClock;
import dev.signet.testing.Response;
import dev.signet.testing.TestSession;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How tests of an application look. The guide, docs/testing.md, shows pieces of this class. */
class LoginTest {
    // snippet: docs/testing.md
    private final MovableClock clock = new MovableClock();
    private final SampleApp app = new SampleApp(Services.inMemory(clock));

    @RegisterExtension
    private final JavalinExtension running = JavalinExtension.of(app::javalin, app::sessions);
    // end of snippet

    // snippet: docs/testing.md
    @Test
    void a_sign_in_leads_to_ones_own_page(Browser browser) {
        Response response = browser.submit("/login", "/login", "username", "ada", "password", "lovelace");

        assertThat(response).redirectsTo("/me").signsIn("ada");
        assertThat(browser.follow(response).body()).contains("ada");
    }
    // end of snippet

    @Test
    void a_cart_is_shown_to_whom_it_belongs(Browser ada, Browser visitor) {
        // snippet: docs/testing.md
        Cart cart = Cart.EMPTY.with("Blotting paper");
        ada.use(TestSession.signedIn(app.sessions(), "ada").with(SampleApp.CART, cart));
        visitor.use(TestSession.visitor(app.sessions()));
        // end of snippet

        assertThat(ada.get("/cart").body()).contains("Blotting paper");
        assertThat(visitor.get("/cart").body()).doesNotContain("Blotting paper");
    }

    @Test
    void an_administrator_may_sign_others_out(Browser root, Browser ada) {
        // snippet: docs/testing.md
        root.use(TestSession.signedIn(app.administration(), SignIn.as("root").roles(Role.ADMIN)));
        ada.signIn("ada");

        assertThat(root.submit("/admin", "/admin/revoke", "subject", "ada")).redirectsTo("/admin");

        assertThat(ada.verification()).isRevoked();
        // end of snippet
    }

    @Test
    void half_an_hour_of_doing_nothing_ends_a_session(Browser ada) {
        // snippet: docs/testing.md
        ada.signIn("ada");
        clock.advance(Duration.ofMinutes(30));

        assertThat(ada.verification()).isExpired();
        assertThat(ada.get("/me")).hasStatus(401).signsNobodyIn();
        // end of snippet
    }

    @Test
    void a_sign_out_is_final_for_a_thief_too(Browser ada) {
        // snippet: docs/testing.md
        Browser thief = ada.signIn("ada").copy();

        assertThat(ada.submit("/me", "/logout")).redirectsTo("/").clearsSession();

        assertThat(thief.verification()).isRevoked();
        // end of snippet
    }

    @Test
    void what_is_not_remembered_ends_with_the_browser(Browser ada) {
        // snippet: docs/testing.md
        assertThat(ada.signIn("ada").restart().verification()).isAbsent();
        // end of snippet

        assertThat(ada.signIn(SignIn.as("ada").remember()).restart().verification())
                .isActiveFor("ada");
    }

    @Test
    void a_form_fills_the_cart(Browser visitor) {
        // snippet: docs/testing.md
        assertThat(visitor.submit("/cart", "/cart", "item", "Sealing wax")).setsSlot(SampleApp.CART);

        assertThat(visitor.read(SampleApp.CART).items()).containsExactly("Sealing wax");
        // end of snippet
    }

    @Test
    void another_site_can_cause_nothing(Browser ada) {
        ada.signIn("ada");

        // snippet: docs/testing.md
        assertThat(ada.send(ada.form("/logout").header("Sec-Fetch-Site", "cross-site")))
                .hasStatus(403);
        // end of snippet
        assertThat(ada.verification()).isActive();
    }
}
