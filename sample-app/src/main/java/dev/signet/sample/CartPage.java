package dev.signet.sample;

import static dev.signet.javalin.SessionPlugin.session;

import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Objects;

/** The cart, which needs nobody signed in. */
final class CartPage {
    private static final int LONGEST_ITEM = 60;

    private static final String CONTENT = """
            <h1>Cart</h1>
            %s
            <form class="card line" method="post" action="/cart">%s
              <label for="item">What would you like?</label>
              <input id="item" name="item" list="offers" maxlength="60" autocomplete="off" required%s>
              %s<datalist id="offers"><option>Sealing wax</option><option>Signet ring</option><option>Goose quill</option></datalist>
              <button>Add to the cart</button>
            </form>
            """;

    private static final String ITEMS = """
            <ul class="card items">
            %s
            </ul>
            <form class="empty" method="post" action="/cart/empty">%s<button class="quiet">Empty the cart</button></form>
            """;

    private static final Html NOTHING = Html.of("<p class=\"lead\">There is nothing in it yet.</p>");

    private static final Mistake NO_ITEM =
            new Mistake("item", "Say what you would like in 1 to " + LONGEST_ITEM + " characters.");

    private CartPage() {}

    static void show(Context ctx) {
        if (Page.wantsJson(ctx)) {
            ctx.json(session(ctx).get(SampleApp.CART));
        } else {
            show(ctx, Mistake.NONE);
        }
    }

    private static void show(Context ctx, Mistake mistake) {
        Cart cart = session(ctx).get(SampleApp.CART);
        Html items = cart.items().isEmpty()
                ? NOTHING
                : Html.of(ITEMS, Html.each(cart.items(), item -> Html.of("<li>%s</li>", item)), Page.csrfField(ctx));
        Page.show(ctx, "Cart", Html.of(CONTENT, items, Page.csrfField(ctx), mistake.attributes(), mistake.text()));
    }

    static void add(Context ctx) {
        String item = Objects.requireNonNullElse(ctx.formParam("item"), "").strip();
        if (item.isEmpty() || item.length() > LONGEST_ITEM || item.chars().anyMatch(Character::isISOControl)) {
            refuse(ctx);
            return;
        }
        session(ctx).update(SampleApp.CART, cart -> cart.with(item));
        session(ctx).flash("In your cart: " + item + ".");
        ctx.redirect("/cart", HttpStatus.SEE_OTHER);
    }

    private static void refuse(Context ctx) {
        if (Page.wantsJson(ctx)) {
            throw new BadRequestResponse(NO_ITEM.sentence());
        }
        show(ctx.status(HttpStatus.BAD_REQUEST), NO_ITEM);
    }

    static void empty(Context ctx) {
        session(ctx).remove(SampleApp.CART);
        ctx.redirect("/cart", HttpStatus.SEE_OTHER);
    }
}
