/** What happens to sessions and revocations, as Micrometer meters. */
@org.jspecify.annotations.NullMarked
@SuppressWarnings("requires-transitive-automatic") // Micrometer names its module in the manifest only.
module dev.signet.micrometer {
    requires static transitive org.jspecify;
    requires transitive dev.signet.core;
    requires transitive micrometer.core;

    exports dev.signet.micrometer;
}
