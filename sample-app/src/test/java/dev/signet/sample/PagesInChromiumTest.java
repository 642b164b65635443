package dev.signet.sample;

import static dev.signet.sample.Steps.addToCart;
import static dev.signet.sample.Steps.fillIn;
import static dev.signet.sample.Steps.press;
import static dev.signet.sample.Steps.signIn;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every page on a wide screen and on a narrow one, once in each theme. Pictures of all are in {@code target/screenshots}. */
class PagesInChromiumTest {
    private final Chromium chromium = Chromium.orSkip();
    private final Running sample = Running.sample();
    private final List<String> complaints = new ArrayList<>();
    private String screen = "";

    @AfterEach
    void stop() {
        sample.close();
    }

    @ParameterizedTest
    @CsvSource({"wide-light, 1280, 860, LIGHT", "phone-dark, 360, 740, DARK"})
    void fit_and_have_no_serious_fault(String name, int width, int height, ColorScheme colors) {
        screen = name;
        try (BrowserContext context = chromium.newContext(new Browser.NewContextOptions()
                .setBaseURL(sample.origin())
                .setViewportSize(width, height)
                .setColorScheme(colors))) {
            Page page = context.newPage();
            page.onConsoleMessage(message -> complaints.add(message.text()));
            asAStranger(page);
            asAda(page);
            asAnAdministrator(page);
        }
        assertThat(complaints)
                .filteredOn(text -> !text.matches(".*status of (400|401|404) .*"))
                .isEmpty();
    }

    private void asAStranger(Page page) {
        look(page, "/", "home");
        look(page, "/login", "sign-in");
        look(page, "/me", "sign-in-refused");
        signIn(page, "ada", "wrong");
        check(page, "sign-in-wrong");
        look(page, "/inspector", "inspector-empty");
        look(page, "/cart", "cart-empty");
        addToCart(page, " ");
        check(page, "cart-mistake");
        addToCart(page, "Sealing wax");
        addToCart(page, "<b>Signet ring</b> & \"chain\"");
        addToCart(page, "W".repeat(60));
        check(page, "cart");
    }

    private void asAda(Page page) {
        signIn(page, "ada", "lovelace");
        check(page, "me");
        look(page, "/preferences", "preferences");
        look(page, "/devices", "devices");
        look(page, "/inspector", "inspector");
        look(page, "/nowhere", "nowhere");
        press(page, "Sign out");
        check(page, "signed-out");
    }

    private void asAnAdministrator(Page page) {
        look(page, "/admin", "admin-refused");
        fillIn(page, "root", "admin");
        check(page, "admin");
        page.getByLabel("Name").fill(" ");
        press(page, "End all sessions of this person");
        check(page, "admin-mistake");
    }

    private void look(Page page, String path, String name) {
        page.navigate(path);
        check(page, name);
    }

    private void check(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target/screenshots", screen + "-" + name + ".png"))
                .setFullPage(true));
        assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .as("%s needs no scrolling sideways", name)
                .isTrue();
        assertThat(seriousFaults(page)).as("what axe finds wrong with %s", name).isEmpty();
    }

    private static List<String> seriousFaults(Page page) {
        return new AxeBuilder(page)
                .analyze().getViolations().stream()
                        .filter(rule -> List.of("serious", "critical").contains(rule.getImpact()))
                        .map(rule -> rule.getId() + ": " + rule.getNodes())
                        .toList();
    }
}
