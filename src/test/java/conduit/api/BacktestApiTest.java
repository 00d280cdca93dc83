package conduit.api;

import conduit.Some;
import conduit.backtest.Progress;
import conduit.problem.Kind;
import conduit.problem.Problem;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class BacktestApiTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

    private static Call call(String method) {
        return new Call(method, List.of("rules", "backtest"), Map.of(), "{}");
    }

    /** Two at a time would take both processors from those who wait for answers. */
    @Test
    void aSecondBacktestIsSentAwayAndTheFirstGoesOn() {
        Progress progress = new Progress();
        BacktestApi api = new BacktestApi(null, null, null, CLOCK, progress);
        assertThat(progress.begin()).isTrue();

        Problem problem = Some.problem(() -> api.handle(call("POST")));
        assertThat(problem.kind()).isEqualTo(Kind.SATURATED);
        assertThat(problem.more()).containsKey("retryAfterSeconds");
        assertThat(api.handle(call("GET")).body()).isEqualTo(new Progress.State(true, 0, 0));
    }

    /** A failure must not leave the door shut. */
    @Test
    void afterAFailureAnotherMayRun() {
        Progress progress = new Progress();
        BacktestApi api = new BacktestApi(null, null, null, CLOCK, progress);

        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> api.handle(call("POST"))))
                .isInstanceOf(NullPointerException.class);
        assertThat(progress.state().running()).isFalse();
    }
}
