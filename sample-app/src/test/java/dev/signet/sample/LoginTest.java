package dev.signet.sample;

import static dev.signet.testing.SignetAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.SignIn;
import dev.signet.testing.Browser;
import dev.signet.testing.JavalinExtension;
import dev.signet.testing.MovableClock;
import dev.signet.testing.Response;
import dev.signet.testing.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How tests of an application look. The guide, docs/testing.md, shows pieces of this class. */
class LoginTest {
    private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    private final MovableClock clock = new MovableClock();
    private final SampleApp app = new SampleApp(Services.inMemory(clock));

    @RegisterExtension
    private final JavalinExtension running = JavalinExtension.of(app::javalin, app::sessions);

    @Test
    void a_sign_in_leads_to_ones_own_page(Browser browser) {
        Response response = browser.submit("/login", "/login", "username", "ada", "password", "lovelace");

        assertThat(response).redirectsTo("/me").signsIn("ada");
        assertThat(browser.follow(response).body()).contains("ada");
    }

    @Test
    void a_cart_is_shown_to_whom_it_belongs(Browser ada, Browser visitor) {
        Cart cart = Cart.EMPTY.with("Blotting paper");
        ada.use(TestSession.signedIn(app.sessions(), "ada").with(SampleApp.CART, cart));
        visitor.use(TestSession.visitor(app.sessions()));

        assertThat(ada.get("/cart").body()).contains("Blotting paper");
        assertThat(visitor.get("/cart").body()).doesNotContain("Blotting paper");
    }

    @Test
    void an_administrator_may_sign_others_out(Browser root, Browser ada) {
        root.use(TestSession.signedIn(app.administration(), SignIn.as("root").roles(Role.ADMIN)));
        ada.signIn("ada");

        assertThat(root.submit("/admin", "/admin/revoke", "subject", "ada")).redirectsTo("/admin");

        assertThat(ada.verification()).isRevoked();
    }

    @Test
    void half_an_hour_of_doing_nothing_ends_a_session(Browser ada) {
        ada.signIn("ada");
        clock.advance(Duration.ofMinutes(30));

        assertThat(ada.verification()).isExpired();
        assertThat(ada.get("/me")).hasStatus(401).signsNobodyIn();
    }

    @Test
    void a_sign_out_is_final_for_a_thief_too(Browser ada) {
        Browser thief = ada.signIn("ada").copy();

        assertThat(ada.submit("/me", "/logout")).redirectsTo("/").clearsSession();

        assertThat(thief.verification()).isRevoked();
    }

    @Test
    void what_is_not_remembered_ends_with_the_browser(Browser ada) {
        assertThat(ada.signIn("ada").restart().verification()).isAbsent();

        assertThat(ada.signIn(SignIn.as("ada").remember()).restart().verification())
                .isActiveFor("ada");
    }

    @Test
    void a_form_fills_the_cart(Browser visitor) {
        assertThat(visitor.submit("/cart", "/cart", "item", "Sealing wax")).setsSlot(SampleApp.CART);

        assertThat(visitor.read(SampleApp.CART).items()).containsExactly("Sealing wax");
    }

    @Test
    void another_site_can_cause_nothing(Browser ada) {
        ada.signIn("ada");

        assertThat(ada.send(ada.form("/logout").header("Sec-Fetch-Site", "cross-site")))
                .hasStatus(403);
        assertThat(ada.verification()).isActive();
    }

    @Test
    void the_guide_shows_what_is_here() throws IOException {
        String here = dense(Files.readString(Path.of("src/test/java/dev/signet/sample/LoginTest.java")));
        List<String> snippets = SNIPPET.matcher(Files.readString(Path.of("../docs/testing.md")))
                .results()
                .map(found -> dense(found.group(1)))
                .toList();

        assertThat(snippets)
                .hasSizeGreaterThan(4)
                .allSatisfy(snippet -> assertThat(here).contains(snippet));
    }

    /** Spaces and line breaks do not count. */
    private static String dense(String code) {
        return code.replaceAll("\\s", "");
    }
}
