package dev.signet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Keeps("S3")
class AssuranceTest {
    private static SessionsBuilder lasting(Lifetime lifetime) {
        return Sessions.with(TestKeys.ring()).lifetime(lifetime).remembered(lifetime);
    }

    @ParameterizedTest
    @CsvSource({"AAL1, PT720H, PT720H", "AAL2, PT1H, PT24H", "AAL3, PT15M, PT12H"})
    void a_level_has_the_limits_of_the_standard(Assurance level, Duration idle, Duration absolute) {
        assertThat(level.lifetime().idle()).isEqualTo(idle);
        assertThat(level.lifetime().absolute()).isEqualTo(absolute);
    }

    @ParameterizedTest
    @EnumSource
    void what_a_level_allows_is_accepted(Assurance level) {
        assertThat(lasting(level.lifetime()).assurance(level).build()).isNotNull();
    }

    @ParameterizedTest
    @EnumSource
    void a_second_more_is_refused_at_the_start(Assurance level) {
        Lifetime most = level.lifetime();
        Lifetime longer = Lifetime.of(most.idle(), most.absolute().plusSeconds(1));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> lasting(longer).assurance(level).build())
                .withMessageContainingAll("lifetime", longer.absolute().toString(), level.name(), "shorten it");
    }

    @Test
    void a_longer_idle_limit_is_refused_too() {
        Lifetime longer = Lifetime.of(Duration.ofMinutes(15).plusSeconds(1), Duration.ofHours(12));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> lasting(longer).assurance(Assurance.AAL3).build())
                .withMessageContaining("PT15M1S");
    }

    @Test
    void every_lifetime_of_sessions_counts_and_that_of_visitors_does_not() {
        SessionsBuilder builder = lasting(Assurance.AAL2.lifetime())
                .assurance(Assurance.AAL2)
                .visitors(Lifetime.of(Duration.ofDays(30), Duration.ofDays(90)));
        assertThat(builder.build()).isNotNull();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.lifetime("kiosk", Lifetime.REMEMBERED).build())
                .withMessageContaining("'kiosk'");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Sessions.with(TestKeys.ring()).assurance(Assurance.AAL2).build())
                .withMessageContaining("'remembered'");
    }

    @Test
    void a_written_reason_turns_the_refusal_into_a_warning() {
        PrintStream before = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            lasting(Lifetime.DEFAULT)
                    .assurance(Assurance.AAL3, "kiosk terminals are watched")
                    .build();
        } finally {
            System.setErr(before);
        }

        assertThat(log.toString(StandardCharsets.UTF_8))
                .contains("'default'", "PT30M", "AAL3", "kiosk terminals are watched");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> lasting(Lifetime.DEFAULT).assurance(Assurance.AAL3, " "))
                .withMessageContaining("say why");
    }
}
