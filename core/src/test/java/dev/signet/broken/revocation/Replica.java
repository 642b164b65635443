package dev.signet.broken.revocation;

public final class Replica {}
