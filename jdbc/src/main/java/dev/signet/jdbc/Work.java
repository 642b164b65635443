package dev.signet.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** Something to do with a connection, in a transaction that is committed afterwards. */
@FunctionalInterface
public interface Work<T> {
    T with(Connection connection) throws SQLException;
}
