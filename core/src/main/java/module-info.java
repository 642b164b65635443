/** Stateless sessions in sealed cookies: tokens, keys, clocks, revocation and the web vocabulary, without a web framework. */
@org.jspecify.annotations.NullMarked
module dev.signet.core {
    requires static transitive org.jspecify;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.datatype.jsr310;
    requires com.nimbusds.jose.jwt;
    requires org.slf4j;

    exports dev.signet;
    exports dev.signet.http;
    exports dev.signet.keys;
    exports dev.signet.revocation;
}
