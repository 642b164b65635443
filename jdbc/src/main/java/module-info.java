/** Databases as Signet's stores use them: bounded in time, by transactions, with failures that quote nothing. Not for applications. */
@org.jspecify.annotations.NullMarked
@SuppressWarnings("module") // Those it is for are compiled after it.
module dev.signet.jdbc {
    requires transitive dev.signet.core;
    requires transitive java.sql;
    requires static transitive org.jspecify;
    requires org.slf4j;

    exports dev.signet.jdbc to
            dev.signet.revocation.jdbc,
            dev.signet.index.jdbc;
}
