module consumer.library {
    requires dev.signet.core;
}
