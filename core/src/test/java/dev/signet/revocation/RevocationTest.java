package dev.signet.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RevocationTest {
    @Test
    void tells_neither_session_nor_subject_in_a_log() {
        assertThat(Revocation.session("AAAAAAAAAAAAAAAAAAAAAA", "ada\nroot signed in"))
                .hasToString("Revocation[SESSION]");
        assertThat(Revocation.subject("ada")).hasToString("Revocation[SUBJECT]");
        assertThat(Revocation.everyone()).hasToString("Revocation[EVERYONE]");
    }
}
