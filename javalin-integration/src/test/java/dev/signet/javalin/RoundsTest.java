package dev.signet.javalin;

import static dev.signet.javalin.SessionPlugin.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.Lifetime;
import dev.signet.Session;
import dev.signet.Tries;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

@Tries(31)
class RoundsTest {
    private static final int ROUNDS = 1000;

    private final AtomicReference<CountDownLatch> reading = new AtomicReference<>(new CountDownLatch(1));
    private final AtomicReference<CountDownLatch> written = new AtomicReference<>(new CountDownLatch(2));

    /** A page that is slow and renews the session, while two others write to different slots: whatever order they come back in. */
    @Test
    void a_thousand_rounds_of_a_slow_read_beside_two_writes_lose_nothing() throws Exception {
        Lifetime long1 =
                Lifetime.of(Duration.ofMinutes(40), Duration.ofDays(300)).renewAfter(Duration.ofMinutes(10));
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try (App app = App.start(s -> s.lifetime = long1, config -> {
            config.routes.get("/slow", ctx -> {
                Session before = session(ctx).current().orElseThrow();
                reading.get().countDown();
                await(written.get());
                ctx.result(before.subject());
            });
            config.routes.get("/token", ctx -> ctx.result(session(ctx).csrfToken()));
            config.routes.post("/{slot}", ctx -> session(ctx).set(ctx.pathParam("slot"), ctx.formParam("value")));
            config.routes.get(
                    "/slots",
                    ctx -> ctx.result(session(ctx).get("a").orElse("") + "/"
                            + session(ctx).get("b").orElse("")));
        })) {
            Browser browser = app.browserOf("ada");
            String token = browser.get("/token").body();
            for (int round = 0; round < ROUNDS; round++) {
                reading.set(new CountDownLatch(1));
                written.set(new CountDownLatch(2));
                app.clock.advance(Duration.ofMinutes(11));
                String value = "value=" + round + "&_csrf=" + token;

                Future<Answer> slow = threads.submit(() -> browser.get("/slow"));
                Callable<Answer> writeA = () -> write(browser, "/a", value);
                Callable<Answer> writeB = () -> write(browser, "/b", value);
                List<Future<Answer>> writes = List.of(threads.submit(writeA), threads.submit(writeB));

                for (Future<Answer> write : writes) {
                    assertThat(write.get(20, TimeUnit.SECONDS).status()).isEqualTo(200);
                }
                Answer read = slow.get(20, TimeUnit.SECONDS);
                assertThat(read.status()).isEqualTo(200);
                assertThat(read.cookieNames()).containsExactly("__Host-session");
                assertThat(browser.get("/slots").body()).isEqualTo(round + "/" + round);
            }
            assertThat(browser.get("/token").status()).isEqualTo(200);
        } finally {
            threads.shutdownNow();
        }
    }

    private Answer write(Browser browser, String path, String form) throws InterruptedException {
        await(reading.get());
        Answer answer = browser.post(path, form);
        written.get().countDown();
        return answer;
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        if (!latch.await(20, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the others did not come");
        }
    }
}
