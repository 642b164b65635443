package dev.signet.sample;

import static org.junit.jupiter.api.Assumptions.abort;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The Chromium of this machine, started once per JVM; every context is a fresh profile. To be used by one thread only, the one that runs the tests.
 *
 * <p>It is the executable that {@code CHROMIUM} names, or else the first found on the PATH. Without one, tests that need it are skipped, or fail where
 * {@code SIGNET_BROWSER=required}. Nothing is downloaded, and no name but this machine's own is resolved.
 */
final class Chromium {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final List<String> ARGUMENTS = List.of(
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1");

    private static Chromium started;

    private final Playwright playwright;
    private final Path executable;
    private final Browser browser;

    private Chromium(Path executable) {
        this.executable = executable;
        this.playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Runtime.getRuntime().addShutdownHook(new Thread(playwright::close, "close Chromium"));
        this.browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setChromiumSandbox(false)
                        .setArgs(ARGUMENTS));
    }

    /** The running browser; ends the test as skipped where there is none, as failed where one is required. */
    static Chromium orSkip() {
        if (started == null) {
            started = new Chromium(executable().orElseGet(Chromium::absent));
        }
        return started;
    }

    /** A new profile: no cookies, no cache. The test closes it. */
    BrowserContext newContext() {
        return browser.newContext();
    }

    /** A new profile with these settings. */
    BrowserContext newContext(Browser.NewContextOptions settings) {
        return browser.newContext(settings);
    }

    /** A browser of its own with the profile in this folder: closing it and starting it again is what a person does. */
    BrowserContext start(Path profile) {
        return playwright
                .chromium()
                .launchPersistentContext(
                        profile,
                        new BrowserType.LaunchPersistentContextOptions()
                                .setExecutablePath(executable)
                                .setChromiumSandbox(false)
                                .setArgs(ARGUMENTS));
    }

    String version() {
        return browser.version();
    }

    private static Optional<Path> executable() {
        String named = System.getenv("CHROMIUM");
        if (named != null) {
            return Optional.of(Path.of(named));
        }
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Path absent() {
        String message = "no " + String.join(", ", NAMES) + " on the PATH and no CHROMIUM in the environment";
        if ("required".equals(System.getenv("SIGNET_BROWSER"))) {
            throw new AssertionError("SIGNET_BROWSER=required, but there is " + message);
        }
        return abort("Browser test skipped: there is " + message);
    }
}
