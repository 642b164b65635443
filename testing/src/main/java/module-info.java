/** For tests of applications that use Signet: sessions without a login page, a clock that moves, a browser, assertions. */
@org.jspecify.annotations.NullMarked
module dev.signet.testing {
    requires static transitive org.jspecify;
    requires transitive dev.signet.core;
    requires transitive java.net.http;
    requires transitive org.assertj.core;
    // for JavalinExtension only
    requires static transitive io.javalin;
    requires static transitive org.junit.jupiter.api;

    exports dev.signet.testing;
}
