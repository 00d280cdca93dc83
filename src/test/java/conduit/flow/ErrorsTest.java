package conduit.flow;

import conduit.claude.Spool;
import conduit.ledger.Desk;
import conduit.ledger.OnEachDatabase;
import conduit.ledger.RequestState;
import conduit.ledger.Run;
import conduit.ledger.Stores;
import conduit.problem.Kind;
import conduit.problem.Problem;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** What is known to have cost nothing is freed at once; what may have spent never is. */
class ErrorsTest {

    @TempDir
    private Path folder;

    private RequestState stateAfterAFailure(Stores on, boolean started) throws IOException, InterruptedException {
        Spool spool = new Spool(folder.resolve(UUID.randomUUID().toString()));
        Desk desk = new Desk(on.requests, Duration.ofMillis(1));
        String id = "failed-" + UUID.randomUUID();
        var routed = Stores.routed(id, id, "0.25", Stores.NOON);
        desk.admit(routed.request());
        Run run = on.accept(routed);
        Spool.create(spool.of(run.key()), "prompt", "");
        if (started) {
            Files.createFile(Spool.output(spool.of(run.key())));
        }
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setProperty(Carried.ADMITTED, run.request());
        exchange.setProperty(Carried.RUN, run);
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, new IllegalStateException("something broke"));

        new Errors(on.ledger, desk, spool, new Metrics(new SimpleMeterRegistry(), () -> 0, () -> 0), new Watch()).problem(exchange);

        assertThat(on.spending.of(id, Stores.NOON.toLocalDate()).day().reserved())
                .isEqualByComparingTo(started ? "0.25" : "0");
        assertThat(spool.keys().contains(run.key())).as("its folder stays only for the sweep").isEqualTo(started);
        return on.requests.find(id).orElseThrow().state();
    }

    @OnEachDatabase
    void aFailureBehindTheStartOfAProcessFreesNothing(Stores on) throws Exception {
        assertThat(stateAfterAFailure(on, true)).isEqualTo(RequestState.ACCEPTED);
    }

    @OnEachDatabase
    void aFailureBeforeItFreesAll(Stores on) throws Exception {
        assertThat(stateAfterAFailure(on, false)).isEqualTo(RequestState.FAILED);
    }

    /** Else a sender would be told to send again what was paid for, and would wonder why it does not run. */
    @OnEachDatabase
    void whatAnEarlierAttemptCostIsTold(Stores on) throws Exception {
        String id = "failed-" + UUID.randomUUID();
        Desk desk = new Desk(on.requests, Duration.ofMillis(1));
        var routed = Stores.routed(id, id, "0.25", Stores.NOON);
        desk.admit(routed.request());
        Run run = on.further(on.accept(routed), 1_000, "claude-sonnet-5-5", "0.75");
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setProperty(Carried.ADMITTED, run.request());
        exchange.setProperty(Carried.RUN, run);
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, Problem.of(Kind.STOPPING, "Conduit stops.").asException());

        new Errors(on.ledger, desk, new Spool(folder.resolve(id)), new Metrics(new SimpleMeterRegistry(), () -> 0, () -> 0),
                new Watch()).problem(exchange);

        assertThat(exchange.getMessage().getBody(Problem.class).detail()).contains("was paid for", "not run again under this id");
        assertThat(on.spending.of(id, Stores.NOON.toLocalDate()).day().reserved()).as("left to the sweep").isEqualByComparingTo("0.750501");
    }
}
