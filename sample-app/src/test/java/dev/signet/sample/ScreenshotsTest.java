package dev.signet.sample;

import static dev.signet.sample.Steps.addToCart;
import static dev.signet.sample.Steps.fillIn;
import static dev.signet.sample.Steps.signIn;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.signet.SessionIndex;
import dev.signet.SessionListener;
import dev.signet.keys.KeyRing;
import dev.signet.revocation.Revocations;
import dev.signet.testing.MovableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The pictures in {@code docs/screenshots}, which {@code -Dsignet.screenshots=write} takes anew: with keys and a clock that are always the same, and without
 * JavaScript, so that they change only when the pages do.
 */
class ScreenshotsTest {
    private static final Path FOLDER = Path.of("../docs/screenshots");
    private static final String CHROME =
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
    private static final String IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15"
            + " (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1";

    @Test
    void are_few_and_small() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.toList())
                    .hasSizeBetween(1, 10)
                    .allSatisfy(picture -> assertThat(Files.size(picture)).isLessThan(80_000));
        }
    }

    @Nested
    @EnabledIfSystemProperty(named = "signet.screenshots", matches = "write")
    class Written {
        private final Chromium chromium = Chromium.orSkip();
        private final MovableClock clock = new MovableClock();
        private final SampleApp app = new SampleApp(new Services(
                        keys(),
                        Revocations.inMemory(clock),
                        Optional.of(SessionIndex.inMemory()),
                        clock,
                        Optional.empty(),
                        SessionListener.logging()))
                .start(0);

        @AfterEach
        void stop() {
            app.close();
        }

        @Test
        void on_a_wide_screen() {
            try (BrowserContext context = wide(ColorScheme.LIGHT)) {
                Page page = context.newPage();
                page.navigate("/");
                shoot(page, "wide-light-home");
                page.navigate("/admin");
                fillIn(page, "root", "admin");
                shoot(page, "wide-light-admin");
            }
            for (ColorScheme colors : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                try (BrowserContext context = wide(colors)) {
                    Page page = context.newPage();
                    fillTheCart(page);
                    signIn(page, "ada", "lovelace");
                    clock.advance(Duration.ofMinutes(7).plusSeconds(23));
                    page.navigate("/inspector");
                    shoot(page, colors == ColorScheme.DARK ? "wide-dark-inspector" : "wide-light-inspector");
                }
            }
        }

        @Test
        void on_a_phone() {
            try (BrowserContext laptop = wide(ColorScheme.LIGHT);
                    BrowserContext phone = context(360, 740, ColorScheme.DARK, IPHONE)) {
                signIn(laptop.newPage(), "ada", "lovelace");
                clock.advance(Duration.ofMinutes(25));
                Page page = phone.newPage();
                signIn(page, "ada", "lovelace");
                page.navigate("/devices");
                shoot(page, "phone-dark-devices");
            }
            try (BrowserContext phone = context(360, 740, ColorScheme.LIGHT, IPHONE)) {
                Page page = phone.newPage();
                fillTheCart(page);
                shoot(page, "phone-light-cart");
            }
        }

        private void fillTheCart(Page page) {
            addToCart(page, "Sealing wax");
            addToCart(page, "Signet ring");
        }

        private BrowserContext wide(ColorScheme colors) {
            return context(960, 640, colors, CHROME);
        }

        private BrowserContext context(int width, int height, ColorScheme colors, String userAgent) {
            return chromium.newContext(new Browser.NewContextOptions()
                    .setBaseURL("http://localhost:" + app.port())
                    .setViewportSize(width, height)
                    .setColorScheme(colors)
                    .setUserAgent(userAgent)
                    .setJavaScriptEnabled(false));
        }

        private void shoot(Page page, String name) {
            SmallPng.write(
                    page.screenshot(new Page.ScreenshotOptions().setFullPage(true)), FOLDER.resolve(name + ".png"));
        }

        private KeyRing keys() {
            byte[] secret = new byte[32];
            new Random(1).nextBytes(secret);
            String text = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
            return KeyRing.parse("{\"keys\":[{\"kty\":\"oct\",\"k\":\"" + text + "\"}]}");
        }
    }
}
