package dev.signet.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RequestBenchmarkTest {
    @ParameterizedTest
    @EnumSource
    void requests_read_and_write_the_state(Size size) {
        RequestBenchmark request = new RequestBenchmark();
        request.size = size;
        request.prepare();
        Content content = Content.of(size);

        assertThat(request.nobodyAsks().content()).isEmpty();
        assertThat(request.subject().content()).containsExactly(content.subject());
        assertThat(request.subject().headers("Set-Cookie")).isEmpty();
        assertThat(request.slotRead().content()).containsExactly(content.subject(), content.state());
        assertThat(request.form().content())
                .singleElement()
                .asString()
                .matches("[A-Za-z0-9_-]{1,12}\\.[A-Za-z0-9_-]{43}");
        assertThat(request.form().content()).isNotEqualTo(request.form().content());
        assertThat(request.slotWritten().headers("Set-Cookie"))
                .singleElement()
                .asString()
                .startsWith("__Host-session.state=ey")
                .hasSizeGreaterThan(size.bytes());
    }

    @Test
    void a_due_ticket_is_renewed() {
        RequestBenchmark.Later later = new RequestBenchmark.Later();
        later.prepare();
        assertThat(new RequestBenchmark().renewal(later).headers("Set-Cookie"))
                .singleElement()
                .asString()
                .startsWith("__Host-session=ey");
    }
}
