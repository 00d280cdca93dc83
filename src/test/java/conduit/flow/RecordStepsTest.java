package conduit.flow;

import conduit.claude.Failure;
import conduit.claude.Outcome;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Empty parentheses in the log look as if a reason had been lost. */
class RecordStepsTest {

    private static String told(Failure failure, String detail) {
        return RecordSteps.told(new Outcome.Failed(failure, detail, List.of(), 1, true));
    }

    @Test
    void aFailureWithoutDetailsIsToldWithoutParentheses() {
        assertThat(told(Failure.TIMED_OUT, "")).isEqualTo("timed-out");
        assertThat(told(Failure.CRASHED, "exit status 3")).isEqualTo("crashed (exit status 3)");
    }
}
