package dev.signet.broken.keys;

import dev.signet.broken.token.Codec;

public final class ReachesUp {
    Codec codec = new Codec();
}
