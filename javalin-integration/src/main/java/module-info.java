/** Signet in a Javalin application. */
@org.jspecify.annotations.NullMarked
module dev.signet.javalin {
    requires static transitive org.jspecify;
    requires transitive dev.signet.core;
    requires transitive io.javalin;

    exports dev.signet.javalin;
}
