package dev.signet.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A signature key: the public part, and the private part where the ring may sign. */
final class PairMaterial implements Material {
    private final SigningCurve curve;
    private final SortedMap<String, String> publicMembers;
    private final byte @Nullable [] d;
    private final PublicKey publicKey;
    private final @Nullable PrivateKey privateKey;

    PairMaterial(SigningCurve curve, List<byte[]> coordinates, byte @Nullable [] d) {
        if (d != null) {
            WeakKeys.refuse(d);
        }
        this.curve = curve;
        this.publicMembers = new TreeMap<>(Map.of("crv", curve.crv(), "kty", curve.kty()));
        for (int i = 0; i < coordinates.size(); i++) {
            publicMembers.put(curve.coordinates().get(i), Digests.base64url(coordinates.get(i)));
        }
        this.d = d == null ? null : d.clone();
        try {
            this.publicKey = curve.publicKey(coordinates);
            this.privateKey = d == null ? null : curve.privateKey(d);
            prove();
        } catch (GeneralSecurityException | ProviderException e) {
            throw new IllegalArgumentException(
                    d == null
                            ? "it is not a point of " + curve.crv()
                            : "it is not a key pair of " + curve.crv()
                                    + ": one half is out of range, or they do not belong together");
        }
    }

    static PairMaterial random() {
        try {
            ECKey pair = new ECKeyGenerator(Curve.P_256).generate();
            List<byte[]> point = List.of(pair.getX().decode(), pair.getY().decode());
            return new PairMaterial(SigningCurve.P256, point, pair.getD().decode());
        } catch (JOSEException e) {
            throw new IllegalStateException("This Java has no P-256", e);
        }
    }

    /** Signs and verifies once; a public key alone is at least taken by the verifier, which checks the point of Ed25519. */
    private void prove() throws GeneralSecurityException {
        byte[] message = Digests.utf8("signet/pair");
        Signature verifier = Signature.getInstance(curve.signature());
        verifier.initVerify(publicKey);
        if (privateKey == null) {
            return;
        }
        Signature signer = Signature.getInstance(curve.signature());
        signer.initSign(privateKey);
        signer.update(message);
        verifier.update(message);
        if (!verifier.verify(signer.sign())) {
            throw new SignatureException("the halves do not match");
        }
    }

    PublicKey publicKey() {
        return publicKey;
    }

    @Nullable
    PrivateKey privateKey() {
        return privateKey;
    }

    @Override
    public Key.Use use() {
        return privateKey == null ? Key.Use.VERIFYING : Key.Use.SIGNING;
    }

    @Override
    public String algorithm() {
        return curve.algorithm();
    }

    /** RFC 7638 §3: the required members in lexicographic order, without white space. */
    @Override
    public String fingerprint() {
        String json = publicMembers.entrySet().stream()
                .map(member -> "\"" + member.getKey() + "\":\"" + member.getValue() + "\"")
                .collect(Collectors.joining(",", "{", "}"));
        return Digests.base64url(Digests.sha256(Digests.utf8(json)));
    }

    @Override
    public SortedMap<String, String> publicMembers() {
        return Collections.unmodifiableSortedMap(publicMembers);
    }

    @Override
    public SortedMap<String, String> allMembers() {
        SortedMap<String, String> all = new TreeMap<>(publicMembers);
        if (d != null) {
            all.put("d", Digests.base64url(d));
        }
        return all;
    }
}
