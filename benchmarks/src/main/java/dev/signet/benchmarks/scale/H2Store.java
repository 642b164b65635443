package dev.signet.benchmarks.scale;

/** H2 in a file, inside this process. */
final class H2Store extends SqlStore {
    H2Store() throws Exception {
        super(
                "SELECT x AS n, scale_sid(x) AS sid FROM SYSTEM_RANGE(%d, %d)",
                "CALL DISK_SPACE_USED('SIGNET_REVOCATION')");
        connect("jdbc:h2:file:" + directory.resolve("revocations"));
        execute("CREATE ALIAS scale_sid DETERMINISTIC FOR '" + Sids.class.getName() + ".of'");
    }
}
