package dev.signet.broken.revocation;

public final class StoreIsAway extends RuntimeException {
    private static final long serialVersionUID = 1;
}
