package dev.signet.javalin;

import static dev.signet.javalin.SessionPlugin.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.Keeps;
import dev.signet.Tries;
import dev.signet.keys.KeyRing;
import dev.signet.revocation.RevocationLog;
import dev.signet.revocation.Revocations;
import dev.signet.testing.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two instances behind one address, whose keys change while people use them. */
@Keeps("K4")
@Tries(53)
class RotationTest {
    private static final String OLD = secret("old", 1, 0);

    private final MovableClock clock = new MovableClock();
    private final RevocationLog log = Revocations.memoryLog(clock);
    private final AtomicReference<String> ringOfA = new AtomicReference<>(ring(OLD));
    private final AtomicReference<String> ringOfB = new AtomicReference<>(ring(OLD));
    private final App a = instance(ringOfA);
    private final App b = instance(ringOfB);
    private final List<String> failures = new CopyOnWriteArrayList<>();

    private App instance(AtomicReference<String> ring) {
        return App.start(
                s -> {
                    s.keys = KeyRing.from(ring::get);
                    s.clock = clock;
                    s.revocations = Revocations.on(log).clock(clock).build();
                },
                config -> {
                    config.routes.get("/me", ctx -> ctx.result(session(ctx).subject()));
                    config.routes.get("/write", ctx -> {
                        session(ctx).subject();
                        session(ctx).set("note", "n" + ctx.queryParam("n"));
                    });
                    config.routes.get(
                            "/note", ctx -> ctx.result(session(ctx).get("note").orElse("nothing")));
                });
    }

    private static String secret(String id, int number, long sealsFrom) {
        byte[] bytes = new byte[32];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * i * 7 + number * 31 + 3 * i + 129);
        }
        String k = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        return "{\"kty\":\"oct\",\"kid\":\"" + id + "\",\"nbf\":" + sealsFrom + ",\"k\":\"" + k + "\"}";
    }

    private static String ring(String... keys) {
        return "{\"keys\":[" + String.join(",", keys) + "]}";
    }

    @AfterEach
    void close() {
        a.close();
        b.close();
    }

    /** Somebody who uses both instances in turn, until told to stop. */
    private final class Person extends Thread {
        private final String name;
        private final Semaphore rounds = new Semaphore(0);
        private volatile Map<String, String> cookies;
        private volatile boolean stopping;

        Person(String name) {
            this.name = name;
            cookies = a.browserOf(name).cookies();
        }

        @Override
        public void run() {
            for (int n = 0; !stopping; n++) {
                App app = n % 2 == 0 ? a : b;
                App other = n % 2 == 0 ? b : a;
                expect(app, "/me", name);
                expect(app, "/write?n=" + n, "");
                expect(other, "/note", "n" + n);
                rounds.release();
            }
        }

        private void expect(App app, String path, String body) {
            Browser browser = app.browser();
            cookies.forEach((cookie, value) -> browser.cookie(cookie + "=" + value));
            Answer answer = browser.get(path);
            if (answer.status() != 200 || !answer.body().equals(body)) {
                failures.add(name + " " + path + ": " + answer.status() + " " + answer.body());
            }
            cookies = browser.cookies();
        }

        void goOn() throws InterruptedException {
            rounds.drainPermits();
            assertThat(rounds.tryAcquire(6, 60, TimeUnit.SECONDS))
                    .as("rounds of " + name)
                    .isTrue();
        }
    }

    @Test
    void nobody_notices_a_new_key_and_the_old_one_opens_nothing_once_it_is_gone() throws InterruptedException {
        List<Person> people = new ArrayList<>();
        for (String name : Arrays.asList("ada", "bob", "cleo")) {
            people.add(new Person(name));
        }
        String sealedWithOld = people.get(0).cookies.get("__Host-session");
        people.forEach(Thread::start);
        everybodyGoesOn(people);

        Instant begin = clock.instant().plusSeconds(60);
        String fresh = secret("new", 2, begin.getEpochSecond());
        ringOfA.set(ring(OLD, fresh));
        a.plugin.sessions().refreshKeys();
        everybodyGoesOn(people);

        // A seals with the new key from now on; B has not heard of it until it meets such a token.
        ringOfB.set(ring(OLD, fresh));
        clock.advance(Duration.ofSeconds(61));
        everybodyGoesOn(people);

        // Tickets are renewed, so that nothing is left that the old key sealed.
        clock.advance(Duration.ofMinutes(8));
        everybodyGoesOn(people);

        ringOfA.set(ring(fresh));
        a.plugin.sessions().refreshKeys();
        everybodyGoesOn(people);
        ringOfB.set(ring(fresh));
        b.plugin.sessions().refreshKeys();
        everybodyGoesOn(people);

        people.forEach(person -> person.stopping = true);
        for (Person person : people) {
            person.join(60_000);
            assertThat(person.isAlive()).isFalse();
        }
        assertThat(failures).isEmpty();
        for (App app : List.of(a, b)) {
            Answer answer =
                    app.browser().cookie("__Host-session=" + sealedWithOld).get("/me");
            assertThat(answer.status()).isEqualTo(401);
        }
    }

    private static void everybodyGoesOn(List<Person> people) throws InterruptedException {
        for (Person person : people) {
            person.goOn();
        }
    }
}
