package dev.signet.broken.token;

import com.nimbusds.jose.JWEObject;
import dev.signet.broken.keys.ReachesUp;

/** Keeps the rules: token may name keys and nimbus. */
public final class Codec {
    ReachesUp key = new ReachesUp();
    Class<?> library = JWEObject.class;
}
