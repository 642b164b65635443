package dev.signet.sample;

import static dev.signet.javalin.SessionPlugin.session;

import dev.signet.DeviceLabel;
import dev.signet.SignIn;
import dev.signet.http.WebSession;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The form that asks who you are, and the session that begins when you say so rightly. */
final class SignInPage {
    private static final String FORM = """
            <h1>Sign in</h1>
            %s
            <form class="card" method="post" action="/login">
              %s<input type="hidden" name="next" value="%s">
              <label for="username">Name</label>
              <input id="username" name="username" value="%s" autocomplete="username" autocapitalize="none"
                spellcheck="false" maxlength="64" required>
              <label for="password">Password</label>
              <input id="password" name="password" type="password" autocomplete="current-password" maxlength="128" required>
              <label class="check"><input type="checkbox" name="remember" value="yes"> Keep me signed in on this device</label>
              <button>Sign in</button>
            </form>
            <p class="hint">To try it: ada / lovelace, bob / builder, or root / admin.</p>
            """;

    private static final Problem STALE =
            new Problem(HttpStatus.FORBIDDEN, "This form was too old", "Please enter your password once more.");
    private static final Problem WRONG =
            new Problem(HttpStatus.UNAUTHORIZED, "That did not work", "Name and password do not fit together.");

    private final People people;

    SignInPage(People people) {
        this.people = people;
    }

    static void show(Context ctx) {
        form(ctx, ctx.queryParam("next"), Html.NONE);
    }

    /** The form once more, with the name filled in, and with what was wrong. */
    static void again(Context ctx, Problem problem) {
        if (Page.wantsJson(ctx)) {
            problem.answerJson(ctx);
            return;
        }
        ctx.status(problem.status());
        form(ctx, ctx.method() == HandlerType.GET ? ctx.path() : field(ctx, "next"), problem.alert());
    }

    private static void form(Context ctx, @Nullable String next, Html alert) {
        String name = Objects.requireNonNullElse(field(ctx, "username"), "");
        Page.show(ctx, "Sign in", Html.of(FORM, alert, Page.csrfField(ctx), LocalPath.orElse(next, "/me"), name));
    }

    /** What was filled in, as far as it can be read: this form is also shown for requests that cannot. */
    private static @Nullable String field(Context ctx, String name) {
        try {
            return ctx.formParam(name);
        } catch (Exception unreadable) {
            return null;
        }
    }

    void signIn(Context ctx) {
        WebSession session = session(ctx);
        if (session.csrfStale()) {
            again(ctx, STALE);
            return;
        }
        Optional<People.Person> recognised = people.recognise(ctx.formParam("username"), ctx.formParam("password"));
        if (recognised.isEmpty()) {
            again(ctx, WRONG);
            return;
        }
        People.Person person = recognised.get();
        SignIn signIn = SignIn.as(person.name())
                .roles(person.roles().toArray(Role[]::new))
                .amr("pwd")
                .label(DeviceLabel.of(ctx.userAgent()))
                .carry(SampleApp.CART, SampleApp.THEME);
        session.start(ctx.formParam("remember") == null ? signIn : signIn.remember());
        session.flash("Welcome, " + person.name() + ".");
        ctx.redirect(LocalPath.orElse(ctx.formParam("next"), "/me"), HttpStatus.SEE_OTHER);
    }
}
