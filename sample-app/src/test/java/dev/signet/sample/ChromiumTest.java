package dev.signet.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChromiumTest {
    private final Chromium chromium = Chromium.orSkip();
    private HttpServer server;

    @BeforeEach
    void serve_a_page_with_a_host_cookie() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] page = "<!doctype html><title>hello</title>".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.getResponseHeaders().set("Set-Cookie", "__Host-seen=1; Path=/; Secure; HttpOnly");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void opens_a_page_of_this_machine_and_keeps_its_cookie() {
        try (BrowserContext context = chromium.newContext()) {
            Page page = context.newPage();
            page.navigate("http://localhost:" + server.getAddress().getPort() + "/");

            assertThat(page.title()).isEqualTo("hello");
            assertThat(context.cookies())
                    .singleElement()
                    .satisfies(cookie -> assertThat(cookie.name).isEqualTo("__Host-seen"));
        }
    }

    @Test
    void gives_every_test_a_fresh_profile() {
        try (BrowserContext one = chromium.newContext();
                BrowserContext other = chromium.newContext()) {
            one.newPage().navigate("http://localhost:" + server.getAddress().getPort() + "/");

            assertThat(one.cookies()).hasSize(1);
            assertThat(other.cookies()).isEmpty();
        }
    }
}
