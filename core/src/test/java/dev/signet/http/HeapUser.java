package dev.signet.http;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.signet.Sessions;
import dev.signet.Slot;
import dev.signet.keys.KeyRing;
import dev.signet.revocation.Revocations;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A process that seals and opens with secrets of its own, closes everything, forgets it and dumps its live heap. Only then it
 * tells what the secrets were: until the dump is written it knows them in disguise.
 */
final class HeapUser {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Map<String, byte[]> DISGUISED = new TreeMap<>();
    private static @Nullable String held;

    private HeapUser() {}

    /** @param arguments the file for the dump */
    public static void main(String[] arguments) throws Exception {
        held = text("held");
        Thread user = new Thread(HeapUser::use);
        user.start();
        user.join();
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(arguments[0], true);
        DISGUISED.forEach(
                (name, secret) -> System.out.println(name + " " + HexFormat.of().formatHex(flipped(secret))));
        System.out.println("still held: " + held.length());
    }

    private static void use() {
        byte[] key = random(32);
        note("key", key);
        String k = Base64.getUrlEncoder().withoutPadding().encodeToString(key);
        note("key as text", k.getBytes(StandardCharsets.US_ASCII));
        try (Revocations revocations = Revocations.inMemory()) {
            Sessions sessions = Sessions.with(KeyRing.parse("{\"keys\":[{\"kty\":\"oct\",\"k\":\"" + k + "\"}]}"))
                    .revocations(revocations)
                    .build();
            Slot<String> slot = Slot.text("note");
            WebSessions web = WebSessions.with(sessions).slots(List.of(slot)).build();
            Browser browser = new Browser(InstantSource.system());
            String subject = text("subject");
            String value = text("slot value");
            browser.signIn(web, subject);
            Browser.Visit writing = browser.form(web);
            writing.session.set(slot, value);
            writing.finish();
            Browser.Visit reading = browser.page(web);
            if (!reading.session.subject().equals(subject)
                    || !reading.session.get(slot).equals(value)) {
                throw new IllegalStateException("nothing was opened");
            }
            browser.names().forEach(name -> note("token", browser.value(name).orElseThrow()));
            Browser.Visit last = browser.form(web);
            last.session.end();
            last.finish();
        }
    }

    private static void note(String name, String token) {
        String end = token.substring(token.length() - 40);
        note(name + " " + DISGUISED.size(), end.getBytes(StandardCharsets.US_ASCII));
    }

    private static void note(String name, byte[] secret) {
        DISGUISED.put(name.replace(' ', '-'), flipped(secret));
    }

    /** A text that nobody else has. */
    private static String text(String name) {
        String text = HexFormat.of().formatHex(random(16));
        note(name, text.getBytes(StandardCharsets.US_ASCII));
        return text;
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static byte[] flipped(byte[] bytes) {
        byte[] flipped = bytes.clone();
        for (int i = 0; i < flipped.length; i++) {
            flipped[i] ^= 0x5A;
        }
        return flipped;
    }
}
