package dev.signet.broken.stray;

final class Stray {}
