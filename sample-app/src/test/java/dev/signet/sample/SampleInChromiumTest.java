package dev.signet.sample;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.signet.sample.Steps.addToCart;
import static dev.signet.sample.Steps.fillIn;
import static dev.signet.sample.Steps.press;
import static dev.signet.sample.Steps.signIn;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import dev.signet.Keeps;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SampleInChromiumTest {
    private static final String TICKET = "__Host-session";
    private static final String DARK_PAPER = "rgb(23, 21, 26)";

    private final Chromium chromium = Chromium.orSkip();
    private final Running sample = Running.sample();
    private final List<BrowserContext> contexts = new ArrayList<>();

    @AfterEach
    void stop() {
        contexts.forEach(BrowserContext::close);
        sample.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void from_a_visitors_cart_to_a_sign_out_that_is_final(boolean javaScript) {
        Page page = page(new Browser.NewContextOptions().setJavaScriptEnabled(javaScript));
        addToCart(page, "Sealing wax");
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("In your cart: Sealing wax.");

        signIn(page, "ada", "lovelace");
        assertThat(page).hasURL(sample.origin() + "/me");
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("Welcome, ada.");
        page.navigate("/cart");
        assertThat(page.getByRole(AriaRole.LISTITEM)).hasText("Sealing wax");

        page.navigate("/preferences");
        page.getByLabel("Dark").check();
        press(page, "Save");
        assertThat(page.locator("body")).hasCSS("background-color", DARK_PAPER);

        List<Cookie> copied = page.context().cookies();
        press(page, "Sign out");
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("You are signed out.");
        assertThat(page.locator("body")).hasCSS("background-color", DARK_PAPER);
        assertThat(names(page)).containsOnly(TICKET + "-visitor", TICKET + ".theme");

        BrowserContext thief = context(new Browser.NewContextOptions());
        thief.addCookies(copied);
        Response refused = thief.newPage().navigate(sample.origin() + "/me");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.text()).contains("Please sign in first");
    }

    @Test
    void a_sign_out_that_could_not_be_recorded_says_so_and_what_to_do(@TempDir Path folder) {
        try (StoreServer server = new StoreServer(folder);
                RevocationStore store = server.open();
                Running onServer = Running.with(store.revocations())) {
            Page page = page(new Browser.NewContextOptions(), onServer.origin());
            signIn(page, "ada", "lovelace");
            server.stop();
            press(page, "Sign out");
            assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                    .hasText("You are not signed out");
            assertThat(page.locator("main")).containsText("Retry in a few seconds");
            assertThat(page.locator("body")).not().containsText("You are signed out.");
            assertThat(names(page)).contains(TICKET);

            server.start();
            page.waitForCondition(() -> page.navigate("/me").status() == 200);
            press(page, "Sign out");
            assertThat(page.getByRole(AriaRole.STATUS)).containsText("You are signed out.");
            assertThat(names(page)).doesNotContain(TICKET);
        }
    }

    @Test
    void out_of_two_browsers_at_once_and_in_again() {
        Page laptop = page();
        Page phone = page();
        signIn(laptop, "ada", "lovelace");
        signIn(phone, "ada", "lovelace");

        laptop.navigate("/me");
        press(laptop, "Sign out everywhere");

        assertThat(laptop.getByRole(AriaRole.STATUS)).hasText("You are signed out everywhere.");
        assertThat(laptop.navigate("/me").status()).isEqualTo(401);
        assertThat(phone.navigate("/me").status()).isEqualTo(401);
        assertThat(names(phone)).doesNotContain(TICKET);
        fillIn(phone, "ada", "lovelace");
        assertThat(phone).hasURL(sample.origin() + "/me");
        assertThat(phone.getByRole(AriaRole.HEADING)).containsText(new String[] {"ada"});
    }

    @Test
    @Keeps("C1")
    void cookies_are_taken_as_they_are_sent() {
        Page page = page();
        page.navigate("/");
        assertThat(names(page)).isEmpty();

        signIn(page, "ada", "lovelace");
        addToCart(page, "Goose quill");

        Map<String, Cookie> cookies = page.context().cookies().stream().collect(Collectors.toMap(c -> c.name, c -> c));
        assertThat(cookies).containsOnlyKeys(TICKET, TICKET + ".cart");
        assertThat(cookies.values()).allSatisfy(cookie -> {
            assertThat(cookie.httpOnly).isTrue();
            assertThat(cookie.secure).isTrue();
            assertThat(cookie.sameSite).isEqualTo(SameSiteAttribute.LAX);
            assertThat(cookie.path).isEqualTo("/");
            assertThat(cookie.domain).isEqualTo("localhost");
            assertThat(cookie.expires).isEqualTo(-1);
        });
    }

    @ParameterizedTest
    @CsvSource({"true, 200", "false, 401"})
    void closing_the_browser_ends_what_is_not_to_be_remembered(boolean remember, int status, @TempDir Path profile) {
        try (BrowserContext before = chromium.start(profile)) {
            Page page = before.pages().get(0);
            page.navigate(sample.origin() + "/login");
            page.getByLabel("Keep me signed in").setChecked(remember);
            fillIn(page, "ada", "lovelace");
            assertThat(page).hasURL(sample.origin() + "/me");
        }

        try (BrowserContext after = chromium.start(profile)) {
            assertThat(after.pages().get(0).navigate(sample.origin() + "/me").status())
                    .isEqualTo(status);
        }
    }

    @Test
    void a_refused_sign_in_keeps_the_name_and_says_what_is_wrong() {
        Page page = page();

        signIn(page, "ada", "babbage");

        assertThat(page.getByRole(AriaRole.ALERT)).containsText("Name and password do not fit together.");
        assertThat(page.getByLabel("Name")).hasValue("ada");
        assertThat(page.getByLabel("Password")).hasValue("");
    }

    @Test
    void a_form_that_was_open_during_a_sign_in_elsewhere_still_signs_in() {
        Page page = page();
        page.navigate("/login");
        Page other = page.context().newPage();
        other.navigate(sample.origin() + "/login");
        fillIn(other, "bob", "builder");

        fillIn(page, "ada", "lovelace");

        assertThat(page.getByRole(AriaRole.STATUS)).containsText("Welcome, ada.");
    }

    @Test
    void the_theme_follows_the_device_unless_one_is_chosen() {
        Page page = page(new Browser.NewContextOptions().setColorScheme(ColorScheme.DARK));
        page.navigate("/preferences");
        assertThat(page.locator("body")).hasCSS("background-color", DARK_PAPER);

        page.getByLabel("Light").check();
        press(page, "Save");

        assertThat(page.locator("body")).hasCSS("background-color", "rgb(250, 247, 242)");
    }

    private Page page() {
        return page(new Browser.NewContextOptions());
    }

    private Page page(Browser.NewContextOptions settings) {
        return page(settings, sample.origin());
    }

    private Page page(Browser.NewContextOptions settings, String origin) {
        return context(settings, origin).newPage();
    }

    private BrowserContext context(Browser.NewContextOptions settings) {
        return context(settings, sample.origin());
    }

    private BrowserContext context(Browser.NewContextOptions settings, String origin) {
        BrowserContext context = chromium.newContext(settings.setBaseURL(origin));
        contexts.add(context);
        return context;
    }

    private static List<String> names(Page page) {
        return page.context().cookies().stream().map(cookie -> cookie.name).toList();
    }
}
