package dev.signet.sample;

import static dev.signet.javalin.SessionPlugin.session;

import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.List;

/** The theme, which stays when one signs out. */
final class PreferencesPage {
    private static final String CONTENT = """
            <h1>Preferences</h1>
            <form class="card" method="post" action="/preferences">%s
              <fieldset>
                <legend>Theme</legend>
            %s
              </fieldset>
              <button>Save</button>
            </form>
            <p class="hint">In a cookie of its own, which stays when you sign out.</p>
            """;

    private PreferencesPage() {}

    static void show(Context ctx) {
        Theme chosen = session(ctx).get(SampleApp.THEME);
        Html choices = Html.each(List.of(Theme.values()), theme -> choice(theme, theme == chosen));
        Page.show(ctx, "Preferences", Html.of(CONTENT, Page.csrfField(ctx), choices));
    }

    private static Html choice(Theme theme, boolean chosen) {
        return Html.of(
                "<label class=\"check\"><input type=\"radio\" name=\"theme\" value=\"%s\"%s> %s</label>",
                theme.code(), chosen ? " checked" : "", theme.title());
    }

    static void save(Context ctx) {
        Theme theme = Theme.of(ctx.formParam("theme"))
                .orElseThrow(() -> new BadRequestResponse("The theme is one of auto, light and dark."));
        session(ctx).set(SampleApp.THEME, theme);
        session(ctx).flash("Saved.");
        ctx.redirect("/preferences", HttpStatus.SEE_OTHER);
    }
}
