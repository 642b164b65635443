package dev.signet.sample;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.UnsupportedMediaTypeResponse;
import java.util.regex.Pattern;

/** What our forms send. Whatever else is posted would be read in ways that nobody thought of, so it is refused unread. */
final class Forms {
    private static final Pattern TYPE = Pattern.compile(
            "application/x-www-form-urlencoded(?:\\s*;\\s*charset=\"?utf-8\"?)?", Pattern.CASE_INSENSITIVE);

    private Forms() {}

    static void require(Context ctx) {
        String type = ctx.contentType();
        if (ctx.method() == HandlerType.POST
                && type != null
                && !TYPE.matcher(type).matches()) {
            throw new UnsupportedMediaTypeResponse("Post it as application/x-www-form-urlencoded in UTF-8.");
        }
    }
}
