package dev.signet.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JavalinExtensionTest {
    @Nested
    class In_a_static_field {
        private static final Shop SHOP = new Shop();

        @RegisterExtension
        private static final JavalinExtension RUNNING = JavalinExtension.of(SHOP::javalin, SHOP::sessions);

        private static final Set<URI> ORIGINS = new HashSet<>();

        @RepeatedTest(2)
        void one_application_is_for_all_tests(Browser browser) {
            ORIGINS.add(RUNNING.origin());

            assertThat(browser.get("/plain").body()).isEqualTo("no form");
            assertThat(ORIGINS).hasSize(1);
        }

        @Nested
        class And_in_a_class_inside {
            @Test
            void it_is_the_same_application() {
                ORIGINS.add(RUNNING.origin());

                assertThat(ORIGINS).hasSize(1);
            }
        }
    }

    @Nested
    class In_an_instance_field {
        private static final List<URI> ORIGINS = new ArrayList<>();
        private static final List<Shop> SHOPS = new ArrayList<>();

        private final Shop shop = new Shop();

        @RegisterExtension
        private final JavalinExtension running = JavalinExtension.of(shop::javalin, shop::sessions);

        @RepeatedTest(2)
        void each_test_has_an_application_of_its_own_and_the_one_before_is_stopped(Browser browser) {
            assertThat(browser.get("/plain").body()).isEqualTo("no form");
            assertThat(running.origin().getHost()).isEqualTo("localhost");
            for (URI before : ORIGINS) {
                if (!before.equals(running.origin())) {
                    Browser late = Browser.at(before, running.sessions());
                    assertThatThrownBy(() -> late.get("/plain"))
                            .hasRootCauseInstanceOf(java.nio.channels.ClosedChannelException.class);
                }
            }
            ORIGINS.add(running.origin());
            SHOPS.add(shop);
        }

        @AfterAll
        static void there_were_two() {
            assertThat(SHOPS).hasSize(2).doesNotHaveDuplicates();
        }
    }

    @Test
    void before_the_tests_there_is_nothing_to_ask() {
        Shop shop = new Shop();
        JavalinExtension extension = JavalinExtension.of(shop::javalin, shop::sessions);

        assertThatThrownBy(extension::browser)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("the application is not running yet: annotate this field");
    }
}
