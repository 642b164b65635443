package dev.signet.sample;

import dev.signet.DeviceLabel;
import dev.signet.Session;
import dev.signet.SignIn;
import dev.signet.http.WebSession;
import dev.signet.javalin.SessionPlugin;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The form that asks who you are, and the session that begins when you say so rightly. */
final class SignInPage {
    private static final String FORM = """
            <h1>%s</h1>
            %s
            <form class="card" method="post" action="%s">
              %s<input type="hidden" name="next" value="%s">
              <label for="username">Name</label>
              <input id="username" name="username" value="%s" autocomplete="username" autocapitalize="none"
                spellcheck="false" maxlength="64" required%s>
              <label for="password">Password</label>
              <input id="password" name="password" type="password" autocomplete="current-password" maxlength="128"
                required%s>
              %s<button>Sign in</button>
            </form>
            <p class="hint">%s</p>
            """;

    private static final Html REMEMBER = Html.of("<label class=\"check\"><input type=\"checkbox\" name=\"remember\""
            + " value=\"yes\"> Keep me signed in on this device</label>");

    private static final Html DESCRIBED = Html.of(" aria-describedby=\"problem\"");
    private static final Html INVALID = Html.of(" aria-invalid=\"true\" aria-describedby=\"problem\"");

    private static final Problem STALE =
            new Problem(HttpStatus.FORBIDDEN, "This form was too old", "Please enter your password once more.");
    private static final Problem WRONG =
            new Problem(HttpStatus.UNAUTHORIZED, "That did not work", "Name and password do not fit together.");

    private final People people;
    private final boolean administration;

    private SignInPage(People people, boolean administration) {
        this.people = people;
        this.administration = administration;
    }

    static SignInPage ofTheShop(People people) {
        return new SignInPage(people, false);
    }

    /** For administrators only, and never remembered. */
    static SignInPage ofTheAdministration(People people) {
        return new SignInPage(people, true);
    }

    private WebSession session(Context ctx) {
        return administration ? SessionPlugin.session(ctx, AdminPage.ADMIN) : SessionPlugin.session(ctx);
    }

    void show(Context ctx) {
        form(ctx, asked(ctx), Html.NONE, Html.NONE);
    }

    /** Javalin fails to read a query beside some types of content. */
    private static @Nullable String asked(Context ctx) {
        try {
            return ctx.queryParam("next");
        } catch (Exception unreadable) {
            return null;
        }
    }

    /** The form once more, with the name filled in, and with what was wrong. */
    void again(Context ctx, Problem problem) {
        if (Page.wantsJson(ctx)) {
            problem.answerJson(ctx);
            return;
        }
        ctx.status(problem.status());
        String next = ctx.method() == HandlerType.GET ? ctx.path() : field(ctx, "next");
        form(ctx, next, problem.alert(), problem == WRONG ? INVALID : DESCRIBED);
    }

    /** @param fields attributes that tie what is wrong to the fields */
    private void form(Context ctx, @Nullable String next, Html alert, Html fields) {
        String title = administration ? "Sign in to the administration" : "Sign in";
        Page.show(
                ctx,
                title,
                Html.of(
                        FORM,
                        title,
                        alert,
                        administration ? "/admin/login" : "/login",
                        Page.csrfField(ctx),
                        next(next),
                        Objects.requireNonNullElse(field(ctx, "username"), ""),
                        fields,
                        fields,
                        administration ? Html.NONE : REMEMBER,
                        administration ? "To try it: root / admin." : "To try it: ada / lovelace, or bob / builder."));
    }

    private String next(@Nullable String asked) {
        return LocalPath.orElse(asked, administration ? "/admin" : "/me");
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
        Optional<People.Person> recognised = people.recognise(ctx.formParam("username"), ctx.formParam("password"))
                .filter(person -> !administration || person.administrator());
        if (recognised.isEmpty()) {
            again(ctx, WRONG);
            return;
        }
        String name = recognised.get().name();
        SignIn signIn = SignIn.as(name).amr("pwd");
        if (session.current().map(Session::subject).filter(name::equals).isPresent()) {
            session.restart(administration ? signIn.roles(Role.ADMIN) : signIn); // who confirms the password goes on
        } else if (administration) {
            session.start(signIn.roles(Role.ADMIN));
        } else {
            SignIn atHome = signIn.label(DeviceLabel.of(ctx.userAgent())).carry(SampleApp.CART, SampleApp.THEME);
            session.start(ctx.formParam("remember") == null ? atHome : atHome.remember());
            session.flash("Welcome, " + name + ".");
        }
        ctx.redirect(next(ctx.formParam("next")), HttpStatus.SEE_OTHER);
    }
}
