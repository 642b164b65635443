package dev.signet.sample;

import static dev.signet.javalin.SessionPlugin.session;

import dev.signet.Session;
import dev.signet.http.WebSession;
import io.javalin.http.Context;

/** The frame around every page: the chosen theme, the way around, and what the last request had to say. */
final class Page {
    private static final String FRAME = """
            <!doctype html>
            <html lang="en" data-theme="%s">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <meta name="color-scheme" content="light dark">
              <title>%s – Signet sample</title>
              <link rel="icon" href="/seal.svg" type="image/svg+xml">
              <link rel="stylesheet" href="/style.css">
            </head>
            <body>
            <a class="skip" href="#main">Skip to the content</a>
            <header>
              <a class="brand" href="/"><img src="/seal.svg" alt="" width="32" height="32">Signet</a>
              <nav aria-label="Pages">%s</nav>
              <div class="who">%s</div>
            </header>
            <main id="main">
            %s
            %s
            </main>
            <footer>
              <span>Your session is in your browser, sealed. Kept here: sign-outs and a list of devices.</span>
              <a href="/admin">Administration</a>
            </footer>
            </body>
            </html>
            """;

    private Page() {}

    static void show(Context ctx, String title, Html content) {
        WebSession session = owner(ctx);
        Html who = session.current()
                .map(current -> signedIn(ctx, current))
                .orElseGet(() -> link(ctx, isAdministration(ctx) ? "/admin/login" : "/login", "Sign in"));
        Html messages = Html.each(
                session.takeFlash(), message -> Html.of("<p class=\"message\" role=\"status\">%s</p>", message));
        String theme = session(ctx).get(SampleApp.THEME).code();
        ctx.html(Html.of(FRAME, theme, title, pages(ctx), who, messages, content)
                        .toString())
                .contentType("text/html; charset=utf-8");
    }

    private static Html pages(Context ctx) {
        boolean signedIn = session(ctx).current().isPresent();
        return Html.of(
                "%s%s%s%s",
                link(ctx, "/cart", "Cart"),
                link(ctx, "/preferences", "Preferences"),
                signedIn ? link(ctx, "/devices", "Devices") : Html.NONE,
                link(ctx, "/inspector", "Inspector"));
    }

    static boolean isAdministration(Context ctx) {
        return ctx.path().startsWith("/admin");
    }

    /** The session that this page belongs to: the administrator's or the one in the shop. */
    static WebSession owner(Context ctx) {
        return isAdministration(ctx) ? session(ctx, AdminPage.ADMIN) : session(ctx);
    }

    private static Html signedIn(Context ctx, Session current) {
        boolean administration = isAdministration(ctx);
        return Html.of(
                "%s<form method=\"post\" action=\"%s\">%s<button class=\"quiet\">Sign out</button></form>",
                link(ctx, administration ? "/admin" : "/me", current.subject()),
                administration ? "/admin/logout" : "/logout",
                csrfField(ctx));
    }

    private static Html link(Context ctx, String path, String text) {
        String here = ctx.path().equals(path) ? "page" : "false";
        return Html.of("<a href=\"%s\" aria-current=\"%s\">%s</a>", path, here, text);
    }

    /** Belongs into every form that is posted. */
    static Html csrfField(Context ctx) {
        return Html.trusted(owner(ctx).csrfField());
    }

    static boolean wantsJson(Context ctx) {
        String accept = ctx.header("Accept");
        return accept != null && accept.contains("application/json");
    }
}
