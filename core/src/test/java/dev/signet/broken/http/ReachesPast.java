package dev.signet.broken.http;

import dev.signet.broken.token.Codec;

final class ReachesPast {
    Codec[] codecs = {};
}
