package dev.signet.benchmarks.peers;

import dev.signet.benchmarks.Content;
import dev.signet.benchmarks.ContentJson;
import dev.signet.benchmarks.Peer;
import org.apache.shiro.crypto.CryptoException;
import org.apache.shiro.crypto.cipher.AesCipherService;
import org.apache.shiro.crypto.cipher.ByteSourceBroker;
import org.apache.shiro.lang.codec.Base64;

/** Shiro's cipher service as its remember-me cookie uses it, over the content as JSON instead of Java serialization. */
final class Shiro implements Peer {
    private final AesCipherService service = new AesCipherService();
    private final byte[] key = Secrets.random(32);

    @Override
    public String seal(Content content) {
        return Base64.encodeToString(
                service.encrypt(ContentJson.bytes(content), key).getBytes());
    }

    @Override
    public Content open(String token) throws CryptoException {
        ByteSourceBroker decrypted = service.decrypt(Base64.decode(token), key);
        return ContentJson.read(decrypted.getClonedBytes()).unlessExpired();
    }
}
