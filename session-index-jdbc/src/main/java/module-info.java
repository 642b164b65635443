/** The index of live sessions in a relational database: H2, or PostgreSQL. */
@org.jspecify.annotations.NullMarked
module dev.signet.index.jdbc {
    requires dev.signet.jdbc;
    requires transitive dev.signet.core;
    requires transitive java.sql;
    requires static transitive org.jspecify;
    requires org.slf4j;

    exports dev.signet.index.jdbc;
}
