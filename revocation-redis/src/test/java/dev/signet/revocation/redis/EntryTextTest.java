package dev.signet.revocation.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.revocation.RevocationLog.Entry;
import dev.signet.revocation.RevocationLog.Kind;
import dev.signet.revocation.StoreUnavailable;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryTextTest {
    private static final Instant UNTIL = Instant.parse("2026-11-22T10:00:00Z");

    @ParameterizedTest
    @ValueSource(strings = {"ada", "", " ", "Ada  Lovelace ", "=", "line\nline", "ä€😀", "S 1 2 3 4"})
    void names_come_back_as_they_were_whatever_they_are_made_of(String name) {
        for (Entry entry : new Entry[] {
            new Entry(0, "id", Kind.SESSION, "id", name, 0, UNTIL),
            new Entry(0, "id", Kind.SESSION, name, name, 0, UNTIL),
            new Entry(0, "id", Kind.SESSION, name, null, 0, UNTIL),
            new Entry(0, "id", Kind.SUBJECT, null, name, 17, UNTIL),
            new Entry(0, "id", Kind.EVERYONE, null, null, 0, UNTIL)
        }) {
            assertThat(EntryText.read(EntryText.write(entry), 5)).isEqualTo(entry.at(5));
        }
    }

    @Test
    void an_ordinary_sign_out_is_short() {
        String sid = "AbCdEfGhIjKlMnOpQrStUv";

        assertThat(EntryText.write(new Entry(0, sid, Kind.SESSION, sid, "ada", 0, UNTIL)))
                .isEqualTo(sid + " S 1795341600000 0 = ada");
    }

    @Test
    void nothing_ends_early_because_it_is_kept_in_milliseconds() {
        Entry entry = new Entry(0, "id", Kind.EVERYONE, null, null, 0, UNTIL.plusNanos(1));

        assertThat(EntryText.keepUntil(entry)).isEqualTo(UNTIL.toEpochMilli() + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "id", "id S 1 0 9 ada", "id S x 0 = ada", "id X 1 0 = ada", "id S 1 0 -1 ada"})
    void what_is_no_entry_is_refused_and_not_quoted(String text) {
        assertThatThrownBy(() -> EntryText.read(text, 5))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessage("What Redis holds at position 5 is no entry of a revocation log");
    }
}
