package dev.signet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceLabelTest {
    private static final String KIT = "AppleWebKit/537.36 (KHTML, like Gecko) ";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Firefox on Linux | Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
                "Firefox on Android | Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0",
                "Firefox on iOS | Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) " + KIT
                        + "FxiOS/140.0 Safari/605.1.15",
                "Chrome on Windows | Mozilla/5.0 (Windows NT 10.0; Win64; x64) " + KIT
                        + "Chrome/138.0.0.0 Safari/537.36",
                "Chrome on Android | Mozilla/5.0 (Linux; Android 10; K) " + KIT
                        + "Chrome/138.0.0.0 Mobile Safari/537.36",
                "Chrome on ChromeOS | Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) " + KIT
                        + "Chrome/138.0.0.0 Safari/537.36",
                "Chrome on iPadOS | Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X) " + KIT + "CriOS/138.0 Safari/604.1",
                "Edge on Windows | Mozilla/5.0 (Windows NT 10.0) " + KIT + "Chrome/138.0 Safari/537.36 Edg/138.0.0.0",
                "Opera on macOS | Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) " + KIT
                        + "Chrome/138.0 Safari/537.36 OPR/121.0",
                "Samsung Internet on Android | Mozilla/5.0 (Linux; Android 10; K) " + KIT
                        + "SamsungBrowser/28.0 Chrome/130.0 Safari/537.36",
                "Safari on macOS | Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) " + KIT
                        + "Version/18.5 Safari/605.1.15",
                "Firefox | Firefox/1",
            })
    void a_browser_that_is_known_is_called_by_its_family_and_system(String label, String userAgent) {
        assertThat(DeviceLabel.of(userAgent)).isEqualTo(label);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "curl/8.14.1",
                "Mozilla/5.0 (Windows NT 10.0)",
                "firefox",
                "<script>alert(1)</script>",
                "\r\nSet-Cookie: a=b"
            })
    void another_is_an_unknown_browser(String userAgent) {
        assertThat(DeviceLabel.of(userAgent)).isEqualTo("Unknown browser");
    }

    @Test
    void nothing_of_the_header_itself_gets_into_a_label() {
        Random random = new Random(20260301);
        String[] pieces = {"Firefox/", "Edg", "Windows NT", "Linux", "\u202e", "\0", "\n", "\ud800", "<b>", "'--", "…"};
        for (int i = 0; i < 10_000; i++) {
            StringBuilder hostile = new StringBuilder();
            for (int length = random.nextInt(20); length > 0; length--) {
                hostile.append(pieces[random.nextInt(pieces.length)]).append((char) random.nextInt(0x10000));
            }
            String label = DeviceLabel.of(hostile.toString());
            assertThat(label).matches("[A-Z][A-Za-z ]*").hasSizeLessThanOrEqualTo(DeviceLabel.LONGEST);
            assertThat(SignIn.as("ada").label(label).label()).isEqualTo(label);
        }
    }

    @Test
    void a_long_header_is_read_in_part() {
        assertThat(DeviceLabel.of(" ".repeat(512) + "Firefox/140.0 (Linux)")).isEqualTo("Unknown browser");
        assertThat(DeviceLabel.of("Firefox/140.0 (Linux)" + "x".repeat(10_000_000)))
                .isEqualTo("Firefox on Linux");
    }

    @ParameterizedTest
    @ValueSource(strings = {"two\nlines", "\0", "\ud800", "this one is longer than forty characters."})
    void a_label_of_the_application_that_a_list_could_not_show_is_refused(String label) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SignIn.as("ada").label(label))
                .withMessageContaining("up to 40");
    }
}
