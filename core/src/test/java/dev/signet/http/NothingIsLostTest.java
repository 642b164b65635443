package dev.signet.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.Keeps;
import dev.signet.Lifetime;
import dev.signet.SignIn;
import dev.signet.Slot;
import dev.signet.Tries;
import dev.signet.http.Browser.Visit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@Keeps("S17")
@Tries(31)
class NothingIsLostTest {
    private static final int ROUNDS = 1000;
    private static final Slot<Integer> APPLES = Slot.of("apples", Integer.class, 0);
    private static final Slot<Integer> PEARS = Slot.of("pears", Integer.class, 0);
    private static final List<int[]> ORDERS = List.of(
            new int[] {0, 1, 2},
            new int[] {0, 2, 1},
            new int[] {1, 0, 2},
            new int[] {1, 2, 0},
            new int[] {2, 0, 1},
            new int[] {2, 1, 0});

    private final Shop shop = Shop.inMemory();
    private final WebSessions app =
            shop.lasting(s -> s.lifetime(Lifetime.of(Duration.ofMinutes(30), Duration.ofDays(300))));
    private final ExecutorService threads = Executors.newFixedThreadPool(3);

    @AfterEach
    void close() {
        threads.shutdownNow();
        shop.close();
    }

    /** A slow read that renews, a write to one slot and a write to another; every order of commits meets every order of arrivals. */
    @Test
    void by_a_thousand_rounds_of_a_read_that_renews_and_two_writes_at_once() throws Exception {
        Browser browser = shop.browser();
        browser.signIn(app, SignIn.as("ada"));
        String id = browser.background(app).session.current().orElseThrow().id();

        for (int round = 0; round < ROUNDS; round++) {
            shop.clock.advance(Shop.RENEWAL_DUE);
            boolean ordered = round % 7 != 6;
            List<Visit> visits = List.of(browser.background(app), browser.form(app), browser.form(app));
            act(visits, ORDERS.get(round % 6), ordered);
            for (int i : ORDERS.get(round / 6 % 6)) {
                visits.get(i).arrive();
            }

            assertThat(visits.get(0).touched()).containsExactly(Shop.TICKET);
            assertThat(visits.get(1).touched()).containsExactly(Shop.TICKET, "__Host-session.apples");
            assertThat(visits.get(2).touched()).containsExactly(Shop.TICKET, "__Host-session.pears");
        }

        WebSession after = browser.background(app).session;
        assertThat(after.current().orElseThrow().id()).isEqualTo(id);
        assertThat(after.get(APPLES)).isEqualTo(ROUNDS);
        assertThat(after.get(PEARS)).isEqualTo(ROUNDS);
        assertThat(shop.heard.discarded).isEmpty();
    }

    private void act(List<Visit> visits, int[] order, boolean ordered) throws Exception {
        List<Consumer<WebSession>> actions = List.of(
                WebSession::subject,
                session -> session.update(APPLES, n -> n + 1),
                session -> session.update(PEARS, n -> n + 1));
        CyclicBarrier acted = new CyclicBarrier(3);
        List<CountDownLatch> turns =
                List.of(new CountDownLatch(0), new CountDownLatch(1), new CountDownLatch(1), new CountDownLatch(1));
        List<Future<?>> running = new ArrayList<>();
        for (int turn = 0; turn < 3; turn++) {
            int mine = turn;
            int who = order[turn];
            running.add(threads.submit(() -> {
                actions.get(who).accept(visits.get(who).session);
                acted.await();
                if (ordered) {
                    turns.get(mine).await();
                }
                visits.get(who).commit();
                turns.get(mine + 1).countDown();
                return null;
            }));
        }
        for (Future<?> run : running) {
            run.get();
        }
    }

    @Test
    void by_two_threads_that_update_one_slot_in_the_same_request() throws Exception {
        Visit visit = shop.signedIn(app, "ada").form(app);
        Thread other = new Thread(() -> visit.session.update(APPLES, n -> n + 1));

        visit.session.update(APPLES, n -> {
            other.start();
            while (other.getState() != Thread.State.BLOCKED && other.getState() != Thread.State.TERMINATED) {
                Thread.onSpinWait();
            }
            return n + 1;
        });
        other.join();

        assertThat(visit.session.get(APPLES)).isEqualTo(2);
    }
}
