package dev.signet.sample;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;

/** What went wrong and what to do about it: a page for a person, JSON for a script. */
record Problem(HttpStatus status, String title, String advice) {
    private static final String CONTENT = """
            <h1>%s</h1>
            <p class="lead">%s</p>
            <p><a href="/">Home</a></p>
            """;

    private record Body(int status, String title, String advice) {}

    void answer(Context ctx) {
        if (Page.wantsJson(ctx)) {
            answerJson(ctx);
        } else {
            ctx.status(status);
            Page.show(ctx, title, Html.of(CONTENT, title, advice));
        }
    }

    void answerJson(Context ctx) {
        ctx.status(status).json(new Body(status.getCode(), title, advice));
    }

    /** For a page that goes on, whose fields it can describe by the id {@code problem}. */
    Html alert() {
        return Html.of(
                "<p class=\"message alert\" role=\"alert\" id=\"problem\"><strong>%s.</strong> %s</p>", title, advice);
    }
}
