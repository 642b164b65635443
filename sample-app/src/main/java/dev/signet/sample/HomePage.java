package dev.signet.sample;

import io.javalin.http.Context;

/** What there is to try. A stranger gets no cookie for reading it. */
final class HomePage {
    private static final Html CONTENT = Html.of("""
            <h1>Sessions without a session store</h1>
            <p class="lead">Who you are, your cart and your theme travel in small sealed cookies.
              Try what usually goes wrong:</p>
            <ol class="steps">
              <li><h2>Fill a cart</h2>
                <p>You need not sign in to <a href="/cart">put things into the cart</a>.</p></li>
              <li><h2>Sign in</h2>
                <p>The cart comes along when you <a href="/login">sign in</a>, and <a href="/me">your page</a>
                  says until when you stay so.</p></li>
              <li><h2>Choose a theme</h2>
                <p>It is one of your <a href="/preferences">preferences</a>, in a cookie of its own,
                  and stays when you sign out.</p></li>
              <li><h2>Sign out</h2>
                <p>Here, everywhere at once, or on one of <a href="/devices">your devices</a>. You are told what came of it.</p></li>
              <li><h2>Look inside</h2>
                <p>The <a href="/inspector">inspector</a> shows what your browser holds, and how the clocks stand.</p></li>
              <li><h2>Be two at once</h2>
                <p>The <a href="/admin">administration</a> has a session of its own beside the one in the shop.</p></li>
            </ol>
            <section aria-labelledby="people">
              <h2 id="people">Who can sign in</h2>
              <div class="wide" role="region" aria-labelledby="people" tabindex="0"><table>
                <thead><tr><th scope="col">Name</th><th scope="col">Password</th><th scope="col">May</th></tr></thead>
                <tbody>
                  <tr><td>ada</td><td><code>lovelace</code></td><td>shop</td></tr>
                  <tr><td>bob</td><td><code>builder</code></td><td>shop</td></tr>
                  <tr><td>root</td><td><code>admin</code></td><td>shop, and sign others out in the administration</td></tr>
                </tbody>
              </table></div>
            </section>
            """);

    private HomePage() {}

    static void show(Context ctx) {
        Page.show(ctx, "Home", CONTENT);
    }
}
