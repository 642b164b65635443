package dev.signet;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.signet.token.InvalidClaims;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a ticket says, with the strict rules of token format 1. Times are seconds since the epoch.
 *
 * @param subject absent in visitors
 * @param position of the revocation log, milliseconds-sized; 0 in visitors
 * @param carriedFrom the visitor whose slots it took along
 */
record TicketClaims(
        String sid,
        @Nullable String subject,
        long startedAt,
        long issuedAt,
        long idleUntil,
        long endsAt,
        long authenticatedAt,
        String lifetime,
        long position,
        @Nullable String carriedFrom,
        Set<String> carried,
        Set<String> roles,
        List<String> amr,
        Map<String, String> facts) {

    private static final SerializedString SID = new SerializedString("sid");
    private static final SerializedString SUB = new SerializedString("sub");
    private static final SerializedString ST = new SerializedString("st");
    private static final SerializedString IAT = new SerializedString("iat");
    private static final SerializedString EXP = new SerializedString("exp");
    private static final SerializedString END = new SerializedString("end");
    private static final SerializedString AUTH_TIME = new SerializedString("auth_time");
    private static final SerializedString LT = new SerializedString("lt");
    private static final SerializedString SEQ = new SerializedString("seq");
    private static final SerializedString FROM = new SerializedString("from");
    private static final SerializedString APP = new SerializedString("app");
    private static final int LONGEST_LIST = 512;
    private static final int LONGEST_TEXT = 1024;

    /** The same session, issued at another time with another idle deadline; never before it started, which may have been by a clock that is ahead. */
    TicketClaims renewed(long now, long idle) {
        long issued = Math.max(now, Math.max(startedAt, authenticatedAt));
        return new TicketClaims(
                sid,
                subject,
                startedAt,
                issued,
                Math.min(Math.max(now + idle, issued), endsAt),
                endsAt,
                authenticatedAt,
                lifetime,
                position,
                carriedFrom,
                carried,
                roles,
                amr,
                facts);
    }

    TicketClaims restarted(
            String newSid,
            long authenticated,
            Set<String> newRoles,
            List<String> newAmr,
            Map<String, String> newFacts) {
        return new TicketClaims(
                newSid,
                subject,
                startedAt,
                issuedAt,
                idleUntil,
                endsAt,
                authenticated,
                lifetime,
                position,
                null,
                Set.of(),
                newRoles,
                newAmr,
                newFacts);
    }

    TicketClaims at(long newPosition) {
        return new TicketClaims(
                sid,
                subject,
                startedAt,
                issuedAt,
                idleUntil,
                endsAt,
                authenticatedAt,
                lifetime,
                newPosition,
                carriedFrom,
                carried,
                roles,
                amr,
                facts);
    }

    TicketClaims carrying(String visitor, Set<String> slots) {
        return new TicketClaims(
                sid,
                subject,
                startedAt,
                issuedAt,
                idleUntil,
                endsAt,
                authenticatedAt,
                lifetime,
                position,
                visitor,
                Set.copyOf(slots),
                roles,
                amr,
                facts);
    }

    /** Whether a slot sealed under that id is this session's to read. */
    boolean owns(String slotSid, String slot) {
        return slotSid.equals(sid) || slotSid.equals(carriedFrom) && carried.contains(slot);
    }

    /**
     * @param readable who may read and check it elsewhere, or null where it is encrypted
     */
    void write(JsonGenerator out, @Nullable Audience readable) throws IOException {
        out.writeStartObject();
        if (readable != null) {
            out.writeStringField("iss", readable.issuer());
            out.writeStringField("aud", readable.audience());
        }
        text(out, SID, sid);
        if (subject != null) {
            text(out, SUB, subject);
        }
        number(out, ST, startedAt);
        number(out, IAT, issuedAt);
        number(out, EXP, idleUntil);
        number(out, END, endsAt);
        if (authenticatedAt != startedAt) {
            number(out, AUTH_TIME, authenticatedAt);
        }
        if (!lifetime.equals(Session.DEFAULT_LIFETIME)) {
            text(out, LT, lifetime);
        }
        if (subject != null) {
            number(out, SEQ, position);
        }
        if (carriedFrom != null) {
            writeFrom(out, carriedFrom);
        }
        if (!roles.isEmpty() || !amr.isEmpty() || !facts.isEmpty()) {
            writeApp(out);
        }
        out.writeEndObject();
    }

    private static void text(JsonGenerator out, SerializedString name, String value) throws IOException {
        out.writeFieldName(name);
        out.writeString(value);
    }

    private static void number(JsonGenerator out, SerializedString name, long value) throws IOException {
        out.writeFieldName(name);
        out.writeNumber(value);
    }

    private void writeFrom(JsonGenerator out, String visitor) throws IOException {
        out.writeFieldName(FROM);
        out.writeStartObject();
        out.writeStringField("v", visitor);
        writeTexts(out, "s", new TreeSet<>(carried));
        out.writeEndObject();
    }

    private void writeApp(JsonGenerator out) throws IOException {
        out.writeFieldName(APP);
        out.writeStartObject();
        if (!roles.isEmpty()) {
            writeTexts(out, "roles", new TreeSet<>(roles));
        }
        if (!amr.isEmpty()) {
            writeTexts(out, "amr", amr);
        }
        for (Map.Entry<String, String> fact : new TreeMap<>(facts).entrySet()) {
            out.writeStringField(fact.getKey(), fact.getValue());
        }
        out.writeEndObject();
    }

    private static void writeTexts(JsonGenerator out, String name, Iterable<String> texts) throws IOException {
        out.writeArrayFieldStart(name);
        for (String text : texts) {
            out.writeString(text);
        }
        out.writeEndArray();
    }

    /** Reads the claims of a ticket, or of a visitor's. */
    static TicketClaims read(JsonParser in, boolean visitor, @Nullable Audience readable, Duration longestLifetime)
            throws IOException {
        Reading found = new Reading();
        Claims.eachOf(in, name -> found.take(name, in));
        String sid = Claims.present(found.sid);
        Claims.require(
                found.startedAt >= 0 && found.issuedAt >= 0 && found.idleUntil >= 0 && found.endsAt >= 0,
                "a required claim is missing");
        Claims.require(
                (found.subject == null) == visitor && (found.position < 0) == visitor,
                "sub and seq belong to sessions");
        Claims.require(
                readable == null
                        ? found.issuer == null && found.audience == null
                        : readable.is(found.issuer, found.audience),
                "iss or aud is another");
        Claims.require(
                found.startedAt <= found.issuedAt
                        && found.issuedAt <= found.idleUntil
                        && found.idleUntil <= found.endsAt,
                "times are out of order");
        Claims.require(
                found.endsAt - found.startedAt <= longestLifetime.toSeconds(), "it outlives every allowed lifetime");
        long authenticated = found.authenticatedAt < 0 ? found.startedAt : found.authenticatedAt;
        Claims.require(authenticated <= found.issuedAt, "auth_time is after iat");
        return new TicketClaims(
                sid,
                found.subject,
                found.startedAt,
                found.issuedAt,
                found.idleUntil,
                found.endsAt,
                authenticated,
                found.lifetime,
                Math.max(found.position, 0),
                found.carriedFrom,
                found.carried,
                found.roles,
                found.amr,
                found.facts);
    }

    /** Claims as they come in; -1 and null mean not yet. */
    private static final class Reading {
        @Nullable
        String sid;

        @Nullable
        String subject;

        @Nullable
        String issuer;

        @Nullable
        String audience;

        @Nullable
        String carriedFrom;

        long startedAt = -1;
        long issuedAt = -1;
        long idleUntil = -1;
        long endsAt = -1;
        long authenticatedAt = -1;
        long position = -1;
        String lifetime = Session.DEFAULT_LIFETIME;
        Set<String> carried = Set.of();
        Set<String> roles = Set.of();
        List<String> amr = List.of();
        Map<String, String> facts = Map.of();

        void take(String name, JsonParser in) throws IOException {
            switch (name) {
                case "sid" -> sid = Claims.sid(in);
                case "sub" -> subject = Claims.text(in, Identity.LONGEST_SUBJECT);
                case "st" -> startedAt = Claims.seconds(in);
                case "iat" -> issuedAt = Claims.seconds(in);
                case "exp" -> idleUntil = Claims.seconds(in);
                case "end" -> endsAt = Claims.seconds(in);
                case "auth_time" -> authenticatedAt = Claims.seconds(in);
                case "lt" -> lifetime = Claims.text(in, 16);
                case "seq" -> position = Claims.integer(in, Claims.LATEST_SECOND * 1000);
                case "from" -> takeFrom(in);
                case "app" -> takeApp(in);
                case "iss" -> issuer = Claims.text(in, LONGEST_TEXT);
                case "aud" -> audience = Claims.text(in, LONGEST_TEXT);
                default -> throw new InvalidClaims("an unknown claim");
            }
        }

        private void takeFrom(JsonParser in) throws IOException {
            Claims.eachOf(in, name -> {
                switch (name) {
                    case "v" -> carriedFrom = Claims.sid(in);
                    case "s" -> carried = Set.copyOf(texts(in));
                    default -> throw new InvalidClaims("an unknown member of from");
                }
            });
            Claims.require(carriedFrom != null, "from names no visitor");
        }

        private void takeApp(JsonParser in) throws IOException {
            Map<String, String> found = new HashMap<>();
            Claims.eachOf(in, name -> {
                switch (name) {
                    case "roles" -> roles = Set.copyOf(texts(in));
                    case "amr" -> amr = List.copyOf(texts(in));
                    default -> found.put(name, Claims.text(in, LONGEST_TEXT));
                }
            });
            facts = Map.copyOf(found);
        }

        private static List<String> texts(JsonParser in) throws IOException {
            Claims.require(in.currentToken() == JsonToken.START_ARRAY, "not a list");
            List<String> texts = new ArrayList<>();
            while (in.nextToken() != JsonToken.END_ARRAY) {
                texts.add(Claims.text(in, LONGEST_TEXT));
                Claims.require(texts.size() <= LONGEST_LIST, "a list is too long");
            }
            Claims.require(new HashSet<>(texts).size() == texts.size(), "a list says something twice");
            return texts;
        }
    }
}
