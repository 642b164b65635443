module consumer.web {
    requires com.h2database;
    requires dev.signet.index.jdbc;
    requires dev.signet.javalin;
    requires dev.signet.micrometer;
    requires dev.signet.revocation.jdbc;
    requires dev.signet.revocation.redis;
    requires java.net.http;
}
