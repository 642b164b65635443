package dev.signet.sample;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.signet.sample.Steps.addToCart;
import static dev.signet.sample.Steps.fillIn;
import static dev.signet.sample.Steps.press;
import static dev.signet.sample.Steps.signIn;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.signet.testing.MovableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the pages do with JavaScript switched off, and the little that it adds. */
class WithoutJavaScriptTest {
    private final Chromium chromium = Chromium.orSkip();
    private final MovableClock clock = new MovableClock();
    private final Running sample = Running.at(clock);
    private final List<BrowserContext> contexts = new ArrayList<>();

    @AfterEach
    void stop() {
        contexts.forEach(BrowserContext::close);
        sample.close();
    }

    private Page page(boolean javaScript) {
        BrowserContext context = chromium.newContext(
                new Browser.NewContextOptions().setBaseURL(sample.origin()).setJavaScriptEnabled(javaScript));
        contexts.add(context);
        return context.newPage();
    }

    private static Locator clocks(Page page) {
        page.navigate("/inspector");
        return page.locator("time[data-seconds]");
    }

    @Test
    void the_inspector_says_everything() {
        Page page = page(false);
        addToCart(page, "Sealing wax");
        signIn(page, "ada", "lovelace");

        assertThat(clocks(page)).hasText(new String[] {"in 30 min 0 s", "in 12 h 0 min", "in 15 min 0 s"});
        assertThat(page.getByRole(AriaRole.METER)).hasCount(2);
        assertThat(page.locator("main")).containsText("__Host-session.cart");
    }

    @Test
    void only_the_clocks_do_not_tick() {
        Page page = page(true);
        signIn(page, "ada", "lovelace");

        assertThat(clocks(page).first()).containsText("in 29 min");
    }

    @Test
    void a_mistake_is_said_beside_the_field() {
        Page page = page(false);
        addToCart(page, " ");

        assertThat(page.getByLabel("What would you like?"))
                .hasAccessibleDescription("Say what you would like in 1 to 60 characters.");
        assertThat(page.getByLabel("What would you like?")).hasAttribute("aria-invalid", "true");
    }

    @Test
    void a_device_is_signed_out_after_the_password_was_asked_for_again() {
        Page phone = page(false);
        signIn(phone, "ada", "lovelace");
        Page laptop = page(false);
        signIn(laptop, "ada", "lovelace");
        addToCart(laptop, "Sealing wax");
        clock.advance(Duration.ofMinutes(16));

        laptop.navigate("/devices");
        assertThat(laptop.getByRole(AriaRole.ALERT)).containsText("Please enter your password again");
        fillIn(laptop, "ada", "lovelace");
        press(laptop, "Sign out there");

        assertThat(laptop.getByRole(AriaRole.STATUS)).hasText("Signed out there.");
        phone.navigate("/me");
        assertThat(phone.getByRole(AriaRole.ALERT)).containsText("Please sign in first");
        laptop.navigate("/cart");
        assertThat(laptop.getByRole(AriaRole.LISTITEM)).hasText("Sealing wax");
    }

    @Test
    void an_administrator_signs_somebody_out_beside_a_session_in_the_shop() {
        Page ada = page(false);
        signIn(ada, "ada", "lovelace");
        Page desk = page(false);
        signIn(desk, "bob", "builder");
        desk.navigate("/admin");
        fillIn(desk, "root", "admin");
        clock.advance(Duration.ofMinutes(6));

        desk.getByLabel("Name").fill("ada");
        press(desk, "End all sessions of this person");
        assertThat(desk.getByRole(AriaRole.ALERT)).containsText("Please enter your password again");
        fillIn(desk, "root", "admin");
        desk.getByLabel("Name").fill("ada");
        press(desk, "End all sessions of this person");

        assertThat(desk.getByRole(AriaRole.STATUS)).hasText("Signed out everywhere: ada.");
        ada.navigate("/me");
        assertThat(ada.getByRole(AriaRole.ALERT)).containsText("Please sign in first");
        desk.navigate("/me");
        assertThat(desk.getByRole(AriaRole.HEADING)).hasText("Signed in as bob");
    }
}
