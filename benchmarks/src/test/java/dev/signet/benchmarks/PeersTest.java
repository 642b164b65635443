package dev.signet.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.Session;
import dev.signet.benchmarks.Content.State;
import dev.signet.benchmarks.peers.LimitSession;
import dev.signet.benchmarks.peers.Peers;
import dev.signet.benchmarks.peers.SignetSession;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every peer does the work it is measured for: it makes a new token each time, and gets the same content out of it again. */
class PeersTest {
    static Stream<String> peers() {
        return Stream.concat(Peers.sameWorkNames().stream(), Peers.signedOnlyNames().stream());
    }

    static Set<String> hiding() {
        return Peers.sameWorkNames();
    }

    private interface Using {
        void use(Peer peer) throws Exception;
    }

    private static void with(String name, Using using) throws Exception {
        Measured measured = new Measured(Peers.named(name), Content.of(Size.S));
        try {
            using.use(measured.peer());
        } finally {
            measured.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void content_has_the_size_it_says(Size size) {
        assertThat(ContentJson.text(Content.of(size)).getBytes(StandardCharsets.UTF_8))
                .hasSize(size.bytes());
    }

    @ParameterizedTest
    @MethodSource("peers")
    void opens_what_it_sealed(String name) throws Exception {
        with(name, peer -> {
            for (Size size : Size.values()) {
                Content content = Content.of(size);
                assertThat(peer.open(peer.seal(content))).isEqualTo(content).isNotSameAs(content);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("peers")
    void carries_the_content_in_the_token(String name) throws Exception {
        with(name, peer -> {
            String small = peer.seal(Content.of(Size.S));
            String large = peer.seal(Content.of(Size.L));
            assertThat(small).hasSizeGreaterThanOrEqualTo(Size.S.bytes());
            assertThat(large).hasSizeGreaterThanOrEqualTo(Size.L.bytes());
            assertThat(Arrays.asList(peer.open(large), peer.open(small)))
                    .extracting(content -> content.state().cart().isEmpty())
                    .containsExactly(false, true);
        });
    }

    @ParameterizedTest
    @MethodSource("peers")
    void refuses_a_changed_token(String name) throws Exception {
        with(name, peer -> {
            StringBuilder token = new StringBuilder(peer.seal(Content.of(Size.M)));
            int middle = token.length() / 2;
            token.setCharAt(middle, token.charAt(middle) == '0' ? '1' : '0');
            assertThatThrownBy(() -> peer.open(token.toString())).isInstanceOf(Exception.class);
        });
    }

    @ParameterizedTest
    @MethodSource("peers")
    void refuses_what_has_expired(String name) throws Exception {
        with(name, peer -> {
            Content good = Content.of(Size.S);
            long now = good.issuedAt();
            String token = peer.seal(new Content(good.sid(), good.subject(), now - 7200, now - 3600, good.state()));
            assertThatThrownBy(() -> peer.open(token)).isInstanceOf(Exception.class);
        });
    }

    @ParameterizedTest
    @MethodSource("hiding")
    void seals_the_same_content_differently_each_time(String name) throws Exception {
        with(name, peer -> {
            Content content = Content.of(Size.S);
            assertThat(peer.seal(content)).isNotEqualTo(peer.seal(content));
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_whole_session_brings_the_same_content(Size size) {
        Content content = Content.of(size);
        SignetSession signet = Peers.signet();
        Session session = signet.start(content);
        Content opened = signet.open(signet.seal(session, content));
        assertThat(opened.state()).isEqualTo(content.state());
        assertThat(opened.subject()).isEqualTo(content.subject());
        assertThat(opened.sid()).isEqualTo(session.id());
    }

    @ParameterizedTest
    @EnumSource
    void the_limit_of_a_session_brings_the_same_content(Size size) throws Exception {
        Content content = Content.of(size);
        LimitSession limit = Peers.limitSession();
        assertThat(limit.open(limit.seal(content))).isEqualTo(content);
    }

    @Test
    void the_limit_of_a_ticket_brings_all_but_the_state() throws Exception {
        Content content = Content.of(Size.M);
        LimitSession limit = Peers.limitSession();
        assertThat(limit.openTicket(limit.seal(content).ticket())).isEqualTo(content.with(State.EMPTY));
    }

    @Test
    void a_ticket_alone_says_who_it_is() {
        SignetSession signet = Peers.signet();
        Session session = signet.start(Content.of(Size.M));
        assertThat(signet.openTicket(signet.sealTicket(session))).isEqualTo(session);
    }

    @Test
    void a_token_opens_when_its_key_is_not_derived_yet() throws Exception {
        Content content = Content.of(Size.M);
        assertThat(Peers.openCold(Peers.named("signetToken").seal(content))).isEqualTo(content);
    }
}
