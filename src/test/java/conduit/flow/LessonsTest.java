package conduit.flow;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import conduit.ConduitRig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static conduit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** What the bandit learns of runs that fail: of models what they could not do, and nothing of what was in their way. */
class LessonsTest {

    private static final String MODEL = "claude-haiku-5-5";

    @TempDir
    Path home;

    private static void ask(ConduitRig conduit, String failure) {
        assertThat(conduit.post("/v1/complete", "{\"id\":\"" + failure + "\",\"prompt\":\"[[sim:" + failure + "]]\",\"model\":\""
                + MODEL + "\"}").status()).as(failure).isGreaterThanOrEqualTo(400);
    }

    private static long count(ConduitRig conduit, String sql) {
        return ((Number) conduit.query(sql).get(0).values().iterator().next()).longValue();
    }

    @Test
    void refusalsAndUnusableOutputCountOnceAndWhatTheNetworkDidNever() throws Exception {
        try (ConduitRig conduit = ConduitRig.in(home).set("conduit.claude.timeout", "2s").start()) {
            // What takes long first, and all at once.
            Stream.of("hang", "429", "500", "529", "refused", "reset", "timeout", "cut", "401", "crash").parallel()
                    .forEach(failure -> ask(conduit, failure));
            List.of("refusal", "maxtok", "garbage").forEach(failure -> ask(conduit, failure));
            eventually(() -> assertThat(count(conduit, "select count(*) from requests where state = 'accepted'")).isZero());
            eventually(() -> assertThat(conduit.query("select request_id, signal, kind, model, reward, weight from belief_log "
                    + "order by request_id")).containsExactly(line("garbage", "nonsense"), line("maxtok", "output-limit"),
                    line("refusal", "refused")));
            conduit.stop();
            assertThat(conduit.query("select request_id from observations order by request_id")).extracting("request_id")
                    .containsExactly("garbage", "maxtok", "refusal");
            assertThat(count(conduit, "select snapshot from belief_head")).as("kept at the stop").isEqualTo(3);
            assertThat(count(conduit, "select sum(observations) from model_states")).isEqualTo(3);
        }
    }

    private static Map<String, Object> line(String id, String signal) {
        return Map.of("request_id", id, "signal", signal, "kind", "judged", "model", MODEL, "reward", 0.0, "weight", 1.0);
    }

    /** Nothing of what the bandit learns is worth a bill: it is booked, and the failure is told. */
    @Test
    void aBillIsBookedWhereLearningFails() throws Exception {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger steps = (Logger) LoggerFactory.getLogger(RecordSteps.class);
        steps.addAppender(log);
        try (ConduitRig conduit = ConduitRig.in(home).start()) {
            conduit.update("alter table belief_head rename to away");
            // Beliefs that were read a moment ago need no table.
            conduit.update("alter table model_usage add constraint shut check (answers < 0)");
            assertThat(conduit.post("/v1/complete", "{\"id\":\"fine\",\"prompt\":\"Hi\",\"model\":\"" + MODEL + "\"}").status())
                    .isEqualTo(200);
            ask(conduit, "refusal");
            eventually(() -> assertThat(List.copyOf(log.list)).extracting(ILoggingEvent::getFormattedMessage)
                    .contains("The bandit learnt nothing from request refusal"));
            for (String id : List.of("fine", "refusal")) {
                eventually(() -> assertThat(count(conduit, "select count(*) from usage_tracking where request_id = '" + id
                        + "'")).isEqualTo(1));
            }
            assertThat(count(conduit, "select count(*) from requests where state in ('completed', 'failed')")).isEqualTo(2);
            assertThat(conduit.query("select sum(reserved) as r from spending").get(0).get("r").toString()).isEqualTo("0.000000");
            conduit.update("alter table away rename to belief_head");
            assertThat(conduit.post("/v1/feedback", "{\"requestId\":\"fine\",\"signal\":\"thumbs\",\"value\":\"up\"}").status())
                    .isEqualTo(202);
        } finally {
            steps.detachAppender(log);
        }
    }
}
