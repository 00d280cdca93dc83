package conduit.flow;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import conduit.claude.Outcome;
import conduit.claude.Spool;
import conduit.ledger.Completion;
import conduit.ledger.Desk;
import conduit.ledger.Run;
import conduit.ledger.Stores;
import conduit.ledger.UsageRow;
import conduit.model.Tokens;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** A call that cost more than its worst case passes a limit in silence, unless somebody is told. */
class OverrunTest {

    @TempDir
    Path folder;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private List<ILoggingEvent> record(String cost) {
        Run run = new Run(Stores.routed("over", "p", "0.25", Stores.NOON), 1, Stores.NOON.toLocalDate());
        Completion completion = new Completion(run, new Outcome.Answered("text", List.of(), 1, "s"), List.of(
                new UsageRow(0, "claude-haiku-5-5", Tokens.of(1, 1), new BigDecimal(cost), null, false)));
        DefaultExchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(completion);
        exchange.setProperty(Carried.BOOKED, true);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(RecordSteps.class);
        logger.addAppender(log);
        try {
            new RecordSteps(null, null, new Desk(null, Duration.ZERO), new Spool(folder), new Metrics(meters, () -> 0, () -> 0))
                    .recorded(exchange);
        } finally {
            logger.detachAppender(log);
        }
        return log.list;
    }

    @Test
    void isToldAtErrorAndCounted() {
        assertThat(record("0.250001")).singleElement().satisfies(event -> {
            assertThat(event.getLevel()).isEqualTo(Level.ERROR);
            assertThat(event.getFormattedMessage()).contains("over", "0.250001", "0.25", "claude-haiku-5-5");
        });
        assertThat(meters.counter("conduit.cost.overruns").count()).isEqualTo(1);
    }

    @Test
    void isNotWhatCostsJustTheWorstCase() {
        assertThat(record("0.250000")).isEmpty();
        assertThat(meters.counter("conduit.cost.overruns").count()).isZero();
    }
}
