/** The revocation log in a relational database: H2 in a file, or PostgreSQL. */
@org.jspecify.annotations.NullMarked
module dev.signet.revocation.jdbc {
    requires dev.signet.jdbc;
    requires transitive dev.signet.core;
    requires transitive java.sql;
    requires static transitive org.jspecify;
    requires static org.postgresql.jdbc;
    requires org.slf4j;

    exports dev.signet.revocation.jdbc;
}
