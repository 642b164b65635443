package dev.signet.javalin.guide;

// snippet: docs/getting-started.md
import static dev.signet.javalin.SessionPlugin.session;
import static dev.signet.javalin.SessionRoute.SIGNED_IN;
import static dev.signet.javalin.SessionRoute.SIGN_IN;

import dev.signet.Session;
import dev.signet.SignIn;
import dev.signet.Slot;
import dev.signet.http.WebSessions;
import dev.signet.javalin.SessionPlugin;
import dev.signet.keys.KeyRing;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

public final class Notes {
    private static final Slot<List<String>> NOTES = Slot.listOf("notes", String.class);

    private final SessionPlugin plugin;

    Notes(KeyRing keys) {
        plugin = new SessionPlugin(s -> {
            s.keys = keys;
            s.application = "notes";
            s.slots = List.of(NOTES);
        });
    }

    public static void main(String[] arguments) {
        new Notes(KeyRing.load(Path.of("keys.jwks"))).javalin().start("localhost", 7070);
    }

    Javalin javalin() {
        return Javalin.create(config -> {
            config.registerPlugin(plugin);
            config.routes.get("/", Notes::home);
            config.routes.post("/login", Notes::signIn, SIGN_IN);
            config.routes.post("/notes", Notes::add);
            config.routes.get("/me", ctx -> ctx.result(session(ctx).subject()), SIGNED_IN);
            config.routes.post("/logout", Notes::signOut);
        });
    }

    WebSessions sessions() {
        return plugin.webSessions();
    }

    private static void home(Context ctx) {
        String name = session(ctx).current().map(Session::subject).orElse("");
        String greeting = name.isEmpty()
                ? form(
                        ctx,
                        "/login",
                        "Name <input name=username> Password <input name=password type=password> <button>Sign in</button>")
                : "<p>Hello, " + escaped(name) + ".</p>" + form(ctx, "/logout", "<button>Sign out</button>");
        ctx.html(greeting
                + "<p>" + escaped(String.join(", ", session(ctx).get(NOTES))) + "</p>"
                + form(ctx, "/notes", "Note <input name=note> <button>Add</button>"));
    }

    private static void signIn(Context ctx) {
        if (session(ctx).csrfStale()
                || !"lovelace".equals(ctx.formParam("password"))) { // your users and passwords here
            ctx.status(HttpStatus.UNAUTHORIZED).result("That did not work.");
            return;
        }
        session(ctx).start(SignIn.as(ctx.formParam("username")).carry(NOTES));
        ctx.redirect("/", HttpStatus.SEE_OTHER);
    }

    private static void add(Context ctx) {
        session(ctx).update(NOTES, notes -> {
            List<String> more = new ArrayList<>(notes);
            more.add(ctx.formParam("note"));
            return more;
        });
        ctx.redirect("/", HttpStatus.SEE_OTHER);
    }

    private static void signOut(Context ctx) {
        session(ctx).end();
        ctx.redirect("/", HttpStatus.SEE_OTHER);
    }

    private static String form(Context ctx, String action, String content) {
        return "<form method=post action=" + action + ">" + session(ctx).csrfField() + content + "</form>";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
// end of snippet
