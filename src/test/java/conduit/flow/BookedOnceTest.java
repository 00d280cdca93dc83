package conduit.flow;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import conduit.ConduitRig;
import conduit.ledger.Run;
import conduit.ledger.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static conduit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** A run is booked once, however long that takes and whoever finds it ended. */
class BookedOnceTest {

    @TempDir
    Path home;

    private static double told(ConduitRig conduit) {
        return conduit.management("/observe/metrics").lines().filter(line -> line.startsWith("conduit_requests_total"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).sum();
    }

    /** The sweep and the tidying can both find a run that ended; one of them books it, and only that one tells. */
    @Test
    void whatIsBookedAlreadyIsNotToldAgain() throws Exception {
        try (ConduitRig conduit = ConduitRig.in(home).start()) {
            conduit.post("/v1/complete", "{\"id\":\"told\",\"prompt\":\"Tell\"}");
            eventually(() -> assertThat(told(conduit)).isEqualTo(1));
            Run run = new Run(Stores.routed("told", "default", "1", Stores.NOON), 1, Stores.NOON.toLocalDate());
            conduit.context().createProducerTemplate().sendBody("direct:record-usage", Stores.answered(run, 5));
            assertThat(told(conduit)).isEqualTo(1);
            assertThat(conduit.query("select count(*) as n from usage_tracking").get(0)).containsEntry("n", 1L);
        }
    }

    /** A ledger that takes no writes for longer than anybody tries: once it does again, the sweep books the run. */
    @Test
    void aRunThatCouldNotBeBookedIsBookedByTheSweep() throws Exception {
        ConduitRig conduit = ConduitRig.in(home);
        Path errors = home.resolve("routes/00-errors.camel.yaml");
        Files.writeString(errors, Files.readString(errors).replace("maximumRedeliveries: \"30\", redeliveryDelay: \"500\"",
                "maximumRedeliveries: \"1\", redeliveryDelay: \"1\""));
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger handler = (Logger) LoggerFactory.getLogger("org.apache.camel.processor.errorhandler");
        handler.addAppender(log);
        try (conduit) {
            conduit.start();
            conduit.update("alter table usage_tracking add constraint away check (latency_ms < 0)");
            assertThat(conduit.post("/v1/complete", "{\"id\":\"late\",\"prompt\":\"Late\"}").status()).isEqualTo(200);
            eventually(() -> assertThat(List.copyOf(log.list)).anyMatch(event -> event.getFormattedMessage()
                    .contains("Exhausted after delivery attempt")));
            conduit.update("alter table usage_tracking drop constraint away");
            eventually(() -> assertThat(conduit.query("select state from requests where id = 'late'").get(0))
                    .containsEntry("state", "completed"));
            assertThat(conduit.query("select sum(reserved) as reserved from spending").get(0).get("reserved").toString())
                    .isEqualTo("0.000000");
            assertThat(conduit.query("select count(*) as n from usage_tracking").get(0)).containsEntry("n", 1L);
        } finally {
            handler.detachAppender(log);
        }
    }
}
