package dev.signet.benchmarks.server;

import dev.signet.benchmarks.Content;
import dev.signet.benchmarks.ContentJson;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** Shows before anything is measured that a server does the work: it opens the session of each visitor, and no cookie that was changed. */
final class Proof {
    private final Variant variant;
    private final Browser browser;

    Proof(Variant variant, Browser browser) {
        this.variant = variant;
        this.browser = browser;
    }

    /** @return cookies of the visitor who is measured */
    String given() throws IOException, InterruptedException {
        String ada = browser.signIn(Visitors.ADA.subject());
        String bob = browser.signIn(Visitors.BOB.subject());
        requireContent(Visitors.BOB, bob);
        requireContent(Visitors.ADA, ada);
        if (variant.knowsWho()) {
            requireRefusal(ada);
        }
        return ada;
    }

    private void requireContent(Content visitor, String cookies) throws IOException, InterruptedException {
        Content expected = new Content(
                "",
                (variant.knowsWho() ? visitor : Visitors.ADA).subject(),
                0,
                0,
                (variant.bringsState() ? visitor : Visitors.ADA).state());
        HttpResponse<String> whole = browser.ask("/content", cookies);
        require(whole.statusCode() == 200, "no content but status " + whole.statusCode());
        Content opened = ContentJson.read(whole.body());
        require(
                new Content("", opened.subject(), 0, 0, opened.state()).equals(expected),
                "other content than that of " + visitor.subject());
        require(
                browser.ask("/me", cookies).body().equals(Endpoint.line(expected)),
                "another line than that about " + visitor.subject());
    }

    /** With any of the cookies changed or missing the content is not given any more. */
    private void requireRefusal(String cookies) throws IOException, InterruptedException {
        String line = Endpoint.line(Visitors.ADA);
        for (String changed : changed(cookies)) {
            require(!browser.ask("/me", changed).body().equals(line), "the content although a cookie was changed");
        }
        require(browser.ask("/me", "").statusCode() == 401, "an answer although no cookie was sent");
    }

    /** Each time another one of the cookies has another character in its middle: a digit, since Jetty finds the last header again whatever its case. */
    static List<String> changed(String cookies) {
        List<String> all = new ArrayList<>();
        String[] each = cookies.split("; ");
        for (int i = 0; i < each.length; i++) {
            String[] copy = each.clone();
            StringBuilder cookie = new StringBuilder(copy[i]);
            int middle = (cookie.indexOf("=") + cookie.length()) / 2;
            cookie.setCharAt(middle, cookie.charAt(middle) == '0' ? '1' : '0');
            copy[i] = cookie.toString();
            all.add(String.join("; ", copy));
        }
        return all;
    }

    private void require(boolean fine, String otherwise) {
        if (!fine) {
            throw new IllegalStateException(variant + " gave " + otherwise);
        }
    }
}
