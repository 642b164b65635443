package dev.signet.benchmarks.server;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import dev.signet.benchmarks.Content;
import dev.signet.benchmarks.ContentJson;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.security.SecureRandom;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/** A cookie that is a JWE by nimbus: decrypter made once, the content read into the record by Jackson's streaming parser instead of by nimbus. */
final class NimbusCookie implements Keeping {
    private static final JWEHeader HEADER = new JWEHeader(JWEAlgorithm.DIR, EncryptionMethod.A256GCM);

    private final DirectEncrypter encrypter;
    private final DirectDecrypter decrypter;

    NimbusCookie() throws JOSEException {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        encrypter = new DirectEncrypter(key);
        decrypter = new DirectDecrypter(key);
    }

    @Override
    public void prepare(JavalinConfig config) {
        Keeping.cacheNoHeaders(config);
    }

    @Override
    public void start(Context ctx, Content content) {
        try {
            JWEObject token = new JWEObject(HEADER, new Payload(ContentJson.bytes(content)));
            token.encrypt(encrypter);
            ctx.cookie(Endpoint.COOKIE, token.serialize());
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public @Nullable Content open(Context ctx) {
        String cookie = ctx.cookie(Endpoint.COOKIE);
        if (cookie == null) {
            return null;
        }
        try {
            JWEObject token = JWEObject.parse(cookie);
            token.decrypt(decrypter);
            return ContentJson.read(token.getPayload().toBytes()).unlessExpired();
        } catch (ParseException | JOSEException | IllegalStateException refused) {
            return null;
        }
    }
}
