package dev.signet.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.signet.benchmarks.Content.Item;
import dev.signet.benchmarks.Content.State;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The content as JSON by Jackson's streaming parser and generator, the fastest way there is; for peers that seal bytes, and for the floor. */
public final class ContentJson {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final SerializedString SID = new SerializedString("sid");
    private static final SerializedString SUB = new SerializedString("sub");
    private static final SerializedString IAT = new SerializedString("iat");
    private static final SerializedString EXP = new SerializedString("exp");
    private static final SerializedString STATE = new SerializedString("state");
    private static final SerializedString THEME = new SerializedString("theme");
    private static final SerializedString LOCALE = new SerializedString("locale");
    private static final SerializedString NOTE = new SerializedString("note");
    private static final SerializedString CART = new SerializedString("cart");
    private static final SerializedString SKU = new SerializedString("sku");
    private static final SerializedString NAME = new SerializedString("name");
    private static final SerializedString QUANTITY = new SerializedString("quantity");
    private static final SerializedString CENTS = new SerializedString("cents");

    private ContentJson() {}

    private interface Writing {
        void to(JsonGenerator out) throws IOException;
    }

    private static byte[] written(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
            writing.to(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    public static byte[] bytes(Content content) {
        return written(out -> write(out, content));
    }

    public static String text(Content content) {
        return new String(bytes(content), StandardCharsets.UTF_8);
    }

    public static String text(State state) {
        return new String(written(out -> write(out, state)), StandardCharsets.UTF_8);
    }

    public static Content read(byte[] json) {
        try (JsonParser in = FACTORY.createParser(json)) {
            return read(in);
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    public static Content read(String json) {
        return read(json.getBytes(StandardCharsets.UTF_8));
    }

    public static State readState(String json) {
        try (JsonParser in = FACTORY.createParser(json.getBytes(StandardCharsets.UTF_8))) {
            in.nextToken();
            return state(in);
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    public static void write(JsonGenerator out, Content content) throws IOException {
        out.writeStartObject();
        text(out, SID, content.sid());
        text(out, SUB, content.subject());
        number(out, IAT, content.issuedAt());
        number(out, EXP, content.expires());
        out.writeFieldName(STATE);
        write(out, content.state());
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, State state) throws IOException {
        out.writeStartObject();
        text(out, THEME, state.theme());
        text(out, LOCALE, state.locale());
        text(out, NOTE, state.note());
        out.writeFieldName(CART);
        out.writeStartArray();
        for (Item item : state.cart()) {
            out.writeStartObject();
            text(out, SKU, item.sku());
            text(out, NAME, item.name());
            number(out, QUANTITY, item.quantity());
            number(out, CENTS, item.cents());
            out.writeEndObject();
        }
        out.writeEndArray();
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

    public static Content read(JsonParser in) throws IOException {
        String sid = "";
        String subject = "";
        long issuedAt = -1;
        long expires = -1;
        State state = State.EMPTY;
        require(in.nextToken() == JsonToken.START_OBJECT);
        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
            in.nextToken();
            switch (name) {
                case "sid" -> sid = in.getText();
                case "sub" -> subject = in.getText();
                case "iat" -> issuedAt = in.getLongValue();
                case "exp" -> expires = in.getLongValue();
                case "state" -> state = state(in);
                default -> throw new IOException("unknown");
            }
        }
        return new Content(sid, subject, issuedAt, expires, state);
    }

    private static State state(JsonParser in) throws IOException {
        String theme = "";
        String locale = "";
        String note = "";
        List<Item> cart = List.of();
        require(in.currentToken() == JsonToken.START_OBJECT);
        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
            in.nextToken();
            switch (name) {
                case "theme" -> theme = in.getText();
                case "locale" -> locale = in.getText();
                case "note" -> note = in.getText();
                case "cart" -> cart = cart(in);
                default -> throw new IOException("unknown");
            }
        }
        return new State(theme, locale, note, cart);
    }

    private static List<Item> cart(JsonParser in) throws IOException {
        List<Item> cart = new ArrayList<>();
        require(in.currentToken() == JsonToken.START_ARRAY);
        while (in.nextToken() == JsonToken.START_OBJECT) {
            cart.add(item(in));
        }
        return cart;
    }

    private static Item item(JsonParser in) throws IOException {
        String sku = "";
        String itemName = "";
        int quantity = 0;
        long cents = 0;
        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
            in.nextToken();
            switch (name) {
                case "sku" -> sku = in.getText();
                case "name" -> itemName = in.getText();
                case "quantity" -> quantity = in.getIntValue();
                case "cents" -> cents = in.getLongValue();
                default -> throw new IOException("unknown");
            }
        }
        return new Item(sku, itemName, quantity, cents);
    }

    private static void require(boolean fine) throws IOException {
        if (!fine) {
            throw new IOException("unexpected");
        }
    }

    /** The state as the maps and lists that claim sets of JWT libraries take. */
    public static Map<String, Object> map(State state) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("theme", state.theme());
        map.put("locale", state.locale());
        map.put("note", state.note());
        List<Object> cart = new ArrayList<>();
        for (Item item : state.cart()) {
            Map<String, Object> each = new LinkedHashMap<>();
            each.put("sku", item.sku());
            each.put("name", item.name());
            each.put("quantity", item.quantity());
            each.put("cents", item.cents());
            cart.add(each);
        }
        map.put("cart", cart);
        return map;
    }

    /** What such a library made of the state. */
    public static State state(Object claim) {
        Map<?, ?> map = (Map<?, ?>) claim;
        List<Item> cart = new ArrayList<>();
        for (Object item : (List<?>) map.get("cart")) {
            Map<?, ?> each = (Map<?, ?>) item;
            cart.add(new Item(
                    (String) each.get("sku"),
                    (String) each.get("name"),
                    ((Number) each.get("quantity")).intValue(),
                    ((Number) each.get("cents")).longValue()));
        }
        return new State((String) map.get("theme"), (String) map.get("locale"), (String) map.get("note"), cart);
    }
}
