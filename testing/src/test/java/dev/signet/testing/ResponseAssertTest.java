package dev.signet.testing;

import static dev.signet.testing.SignetAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.http.CookieSettings;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each assertion where it holds, and what it says where it does not. */
class ResponseAssertTest {
    private static final Shop SHOP = new Shop();

    @RegisterExtension
    private static final JavalinExtension RUNNING = JavalinExtension.of(SHOP::javalin, SHOP::sessions);

    private static final String SIGN_IN = "status 302 of POST /login, which sets [__Host-shop] and deletes []";
    private static final String PLAIN = "status 200 of GET /plain, which sets [] and deletes []";

    private final Response signIn = RUNNING.browser().post("/login", "user", "ada");
    private final Response plain = RUNNING.browser().get("/plain");

    private static void fails(Response response, Consumer<ResponseAssert> assertion, String message) {
        ThrowingCallable failing = () -> assertion.accept(assertThat(response));
        assertThatThrownBy(failing).isInstanceOf(AssertionError.class).hasMessage(message);
    }

    @Test
    void a_status_is_compared() {
        assertThat(plain).hasStatus(200);
        fails(plain, it -> it.hasStatus(404), "expected the response to have status 404, but it is " + PLAIN);
    }

    @Test
    void a_redirect_is_compared() {
        assertThat(signIn).redirectsTo("/me");
        fails(
                signIn,
                it -> it.redirectsTo("/"),
                "expected the response to redirect to '/', not to '/me', but it is " + SIGN_IN);
        fails(
                plain,
                it -> it.redirectsTo("/"),
                "expected the response to redirect to '/', not to 'nowhere', but it is " + PLAIN);
    }

    @Test
    void a_sign_in_is_that_of_a_person_whose_ticket_stands() {
        assertThat(signIn).signsIn("ada");
        fails(signIn, it -> it.signsIn("bob"), "expected the response to sign in bob, not ada, but it is " + SIGN_IN);
        fails(plain, it -> it.signsIn("ada"), "expected the response to sign in ada, but it is " + PLAIN);
    }

    @Test
    void a_ticket_that_was_revoked_since_signs_nobody_in() {
        assertThat(plain).signsNobodyIn();
        fails(signIn, ResponseAssert::signsNobodyIn, "expected the response to sign nobody in, but it is " + SIGN_IN);

        SHOP.sessions().sessions().revoke(dev.signet.revocation.Revocation.subject("ada"));

        assertThat(signIn).signsNobodyIn();
    }

    @Test
    void a_session_is_cleared_by_a_deleted_ticket() {
        Response signOut = RUNNING.browser().signIn("ada").submit("/form", "/logout");

        assertThat(signOut).clearsSession().signsNobodyIn();
        fails(
                signOut,
                it -> it.signsIn("ada"),
                "expected the response to sign in ada, but it is status 200 of POST /logout, which sets [] and deletes [__Host-shop]");
        fails(
                signIn,
                ResponseAssert::clearsSession,
                "expected the response to clear the session, but it is " + SIGN_IN);
    }

    @Test
    void a_slot_is_set_or_cleared() {
        Browser ada = RUNNING.browser().signIn("ada");
        Response filled = ada.submit("/form", "/cart", "item", "wax");
        Response emptied = ada.submit("/form", "/empty");

        assertThat(filled).setsSlot(Shop.CART);
        assertThat(emptied).clearsSlot(Shop.CART);
        fails(
                filled,
                it -> it.clearsSlot(Shop.CART),
                "expected the response to clear the slot cart, but it is status 200 of POST /cart, which sets [__Host-shop.cart] and deletes []");
        fails(
                emptied,
                it -> it.setsSlot(Shop.CART),
                "expected the response to set the slot cart, but it is status 200 of POST /empty, which sets [] and deletes [__Host-shop.cart]");
    }

    @Test
    void no_cookie_is_none_at_all() {
        assertThat(plain).setsNoCookie();
        fails(signIn, ResponseAssert::setsNoCookie, "expected the response to set no cookie, but it is " + SIGN_IN);
    }

    @Test
    void another_session_of_the_application_is_asked_about_by_its_own_cookies() {
        Shop desk = new Shop("desk", CookieSettings.DEFAULT);

        assertThat(signIn).inside(desk.sessions()).signsNobodyIn();
        assertThat(signIn).inside(SHOP.sessions()).signsIn("ada");
    }

    @Test
    void a_description_is_shown() {
        fails(
                plain,
                it -> it.as("the plain page").hasStatus(404),
                "[the plain page] expected the response to have status 404, but it is " + PLAIN);
    }
}
