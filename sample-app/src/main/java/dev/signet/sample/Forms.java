package dev.signet.sample;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.UnsupportedMediaTypeResponse;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What our forms send. Whatever else is posted would be read in ways that nobody thought of, so it is refused unread. */
final class Forms {
    private static final Pattern TYPE = Pattern.compile(
            "application/x-www-form-urlencoded(?:\\s*;\\s*charset=\"?utf-8\"?)?", Pattern.CASE_INSENSITIVE);

    private Forms() {}

    static void require(Context ctx) {
        // ctx.contentType() would fail for a charset that does not exist
        if (ctx.method() == HandlerType.POST && !isOurs(ctx.header("Content-Type"))) {
            throw new UnsupportedMediaTypeResponse("Post it as application/x-www-form-urlencoded in UTF-8.");
        }
    }

    private static boolean isOurs(@Nullable String type) {
        return type == null || TYPE.matcher(type).matches();
    }
}
