package dev.signet;

import dev.signet.token.Opened;
import dev.signet.token.TokenCodec;
import dev.signet.token.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Slot contents to tokens and back. */
final class Slots {
    private final Tokens tokens;
    private final Duration longestAbsolute;
    private final Duration skew;
    private final SessionListener listener;

    Slots(Tokens tokens, Duration longestAbsolute, Duration skew, SessionListener listener) {
        this.tokens = tokens;
        this.longestAbsolute = longestAbsolute;
        this.skew = skew;
        this.listener = listener;
    }

    private TokenCodec codec(String name) {
        TokenCodec codec = tokens.slots(name);
        return listener.measures() ? MeteredCodec.around(codec, "slot." + name, listener) : codec;
    }

    /** A session's slot ends with it; a visitor's may outlive its ticket, without which it cannot be read. */
    String seal(SlotContent content, Session owner, Instant now) {
        long issued = now.getEpochSecond();
        long expires = owner.isVisitor()
                ? issued + longestAbsolute.toSeconds()
                : Math.max(issued, owner.claims().endsAt());
        return codec(content.slot()).seal(out -> SlotClaims.write(out, owner.id(), issued, expires, content), now);
    }

    int sealedLength(SlotContent content) {
        return tokens.slots(content.slot()).sealedLength(SlotClaims.longestLength(content));
    }

    /** Opens a token and keeps its data as it is. */
    SlotOpening<SlotContent> open(String name, @Nullable String token, Session owner, Instant now) {
        SlotOpening<SlotClaims<byte[]>> opening =
                open(name, token, owner, now, (in, source, before) -> SlotClaims.copyOf(in, source));
        return opening.map(claims ->
                new SlotContent(name, claims.version(), claims.deflated(), Objects.requireNonNull(claims.data())));
    }

    /** Opens a token and makes a value of its data in the same pass. */
    <T> SlotOpening<T> read(Slot<T> slot, @Nullable String token, Session owner, Instant now) {
        SlotOpening<SlotClaims<T>> opening = open(slot.name(), token, owner, now, (in, source, before) -> {
            if (before.isFor(owner.claims(), slot.name(), now)) {
                return slot.read(in, source, before);
            }
            in.skipChildren();
            return null;
        });
        SlotClaims<T> claims = opening.value();
        if (claims != null && !claims.inOrder()) {
            return open(slot.name(), token, owner, now).map(slot::value);
        }
        return opening.map(found -> Objects.requireNonNull(found.data()));
    }

    private <D> SlotOpening<SlotClaims<D>> open(
            String name, @Nullable String token, Session owner, Instant now, SlotClaims.Data<D> data) {
        if (token == null || token.isEmpty()) {
            return SlotOpening.absent();
        }
        Opened<SlotClaims<D>> opened = codec(name).open(token, now, (in, source) -> SlotClaims.read(in, source, data));
        SlotClaims<D> claims = opened.value();
        if (claims == null) {
            return SlotOpening.refused(Deadlines.cause(opened.refusal()));
        }
        if (claims.issuedAt() > now.plus(skew).getEpochSecond()) {
            return SlotOpening.refused(Verification.Cause.FROM_THE_FUTURE);
        }
        boolean readable =
                now.getEpochSecond() < claims.expires() && owner.claims().owns(claims.sid(), name);
        return readable ? SlotOpening.of(claims) : SlotOpening.absent();
    }
}
