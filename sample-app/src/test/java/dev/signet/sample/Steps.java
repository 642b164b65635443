package dev.signet.sample;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** What a person does on the pages of the sample. */
final class Steps {
    private Steps() {}

    static void signIn(Page page, String name, String password) {
        page.navigate("/login");
        fillIn(page, name, password);
    }

    /** The form that is there, whichever page asked for it. */
    static void fillIn(Page page, String name, String password) {
        page.getByLabel("Name").fill(name);
        page.getByLabel("Password").fill(password);
        press(page, "Sign in");
    }

    static void addToCart(Page page, String item) {
        page.navigate("/cart");
        page.getByLabel("What would you like?").fill(item);
        press(page, "Add to the cart");
    }

    static void press(Page page, String button) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(button).setExact(true))
                .first()
                .click();
    }
}
