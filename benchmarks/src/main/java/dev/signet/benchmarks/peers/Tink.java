package dev.signet.benchmarks.peers;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import dev.signet.benchmarks.Content;
import dev.signet.benchmarks.ContentJson;
import dev.signet.benchmarks.Peer;
import java.security.GeneralSecurityException;
import java.util.Base64;

/** Tink's AES-256-GCM over the bytes of the content, which it leaves to the application to write, spell and check. */
final class Tink implements Peer {
    private static final byte[] PURPOSE = {'s', 'e', 's', 's', 'i', 'o', 'n'};

    private final Aead aead;

    Tink() throws GeneralSecurityException {
        AeadConfig.register();
        aead = KeysetHandle.newBuilder()
                .addEntry(KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                        .withRandomId()
                        .makePrimary())
                .build()
                .getPrimitive(RegistryConfiguration.get(), Aead.class);
    }

    @Override
    public String seal(Content content) throws GeneralSecurityException {
        byte[] sealed = aead.encrypt(ContentJson.bytes(content), PURPOSE);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    @Override
    public Content open(String token) throws GeneralSecurityException {
        byte[] json = aead.decrypt(Base64.getUrlDecoder().decode(token), PURPOSE);
        return ContentJson.read(json).unlessExpired();
    }
}
