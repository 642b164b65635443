package dev.signet.sample;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The sample without a mouse: every step is a key. */
class KeyboardInChromiumTest {
    private static final int MOST_STEPS = 40;

    private final Chromium chromium = Chromium.orSkip();
    private final Running sample = Running.sample();
    private final BrowserContext context =
            chromium.newContext(new Browser.NewContextOptions().setBaseURL(sample.origin()));
    private final Page page = context.newPage();

    @AfterEach
    void stop() {
        context.close();
        sample.close();
    }

    @Test
    void is_enough_from_a_cart_to_a_sign_out() {
        page.navigate("/");
        enter(link("Cart"));
        goTo(page.getByLabel("What would you like?"));
        type("Sealing wax");
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("In your cart: Sealing wax.");

        enter(link("Sign in"));
        goTo(page.getByLabel("Name"));
        page.keyboard().type("ada");
        goTo(page.getByLabel("Keep me signed in"));
        page.keyboard().press("Space");
        page.keyboard().press("Shift+Tab");
        type("lovelace");
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("Welcome, ada.");
        assertThat(page.locator("main")).containsText("remembered");

        enter(link("Preferences"));
        goTo(page.getByLabel("As this device has it"));
        page.keyboard().press("ArrowDown");
        page.keyboard().press("ArrowDown");
        enter(button("Save"));
        assertThat(page.locator("html")).hasAttribute("data-theme", "dark");

        enter(link("Inspector"));
        assertThat(page.getByRole(AriaRole.METER)).hasCount(3);
        enter(button("Sign out"));
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("You are signed out.");
    }

    @Test
    void leads_past_the_navigation_with_one_key() {
        page.navigate("/login");
        page.keyboard().press("Tab");
        assertThat(page.getByText("Skip to the content")).isFocused();
        assertThat(page.getByText("Skip to the content")).isInViewport();
        page.keyboard().press("Enter");
        page.keyboard().press("Tab");

        assertThat(page.getByLabel("Name")).isFocused();
    }

    private Locator link(String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private void enter(Locator target) {
        goTo(target);
        page.keyboard().press("Enter");
    }

    private void type(String text) {
        page.keyboard().type(text);
        page.keyboard().press("Enter");
    }

    /** With the key Tab; wherever that leads on the way shows that it does. */
    private void goTo(Locator target) {
        target.waitFor();
        // With its style sheet: before that it shows the focus as the browser does.
        page.waitForLoadState();
        for (int step = 0;
                step < MOST_STEPS && !(Boolean) target.evaluate("it => it === document.activeElement");
                step++) {
            page.keyboard().press("Tab");
            assertThat(page.evaluate("getComputedStyle(document.activeElement).outlineStyle"))
                    .as("the outline of what has the focus")
                    .isEqualTo("solid");
        }
        assertThat(target).isFocused();
    }
}
