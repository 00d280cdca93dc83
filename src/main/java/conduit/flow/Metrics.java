package conduit.flow;

import conduit.claude.Runner;
import conduit.claude.WarmPool;
import conduit.ledger.Completion;
import conduit.ledger.UsageRow;
import conduit.problem.Kind;
import conduit.routing.Decision;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What operators watch. The names are a contract: dashboards are built on them. */
public final class Metrics {

    private final MeterRegistry registry;

    /**
     * @param costToday what all projects have spent today, US dollars
     * @param unknown   how many requests wait for an operator
     */
    public Metrics(MeterRegistry registry, Supplier<Number> costToday, Supplier<Number> unknown) {
        this.registry = registry;
        Gauge.builder("conduit.requests.unknown", unknown).register(registry);
        Gauge.builder("conduit.cost.daily", costToday).baseUnit("usd").register(registry);
        registry.counter("conduit.requests.total", "source", "none", "model", "none");
        registry.counter("conduit.requests.failed", "kind", "none");
        registry.counter("conduit.cost.differences", "model", "none");
        registry.counter("conduit.cost.overruns");
    }

    /** @param age seconds since the newest backup of all projects, NaN if there is none */
    public void backups(Supplier<Number> age) {
        Gauge.builder("conduit.backups.age", age).baseUnit("seconds").register(registry);
    }

    /** @param runner tells how calls were run, and the pool how many processes wait for one */
    public void claude(Runner runner, WarmPool pool) {
        Gauge.builder("conduit.claude.spares", pool, WarmPool::size).register(registry);
        FunctionCounter.builder("conduit.claude.calls", runner, Runner::warm).tag("start", "warm").register(registry);
        FunctionCounter.builder("conduit.claude.calls", runner, Runner::cold).tag("start", "cold").register(registry);
    }

    /** @param state 0 closed, 0.5 half-open, 1 open */
    public void breaker(String model, Supplier<Number> state) {
        Gauge.builder("conduit.claude.breaker", state).tag("model", model).register(registry);
    }

    void routed(Decision decision) {
        registry.timer("conduit.routing.duration").record(decision.routingMicros(), TimeUnit.MICROSECONDS);
    }

    void recorded(Completion completion) {
        registry.counter("conduit.requests.total", "source", completion.run().decision().source().text(),
                "model", completion.run().model().id()).increment();
        completion.usage().stream().filter(UsageRow::differs).forEach(row -> registry
                .counter("conduit.cost.differences", "model", row.model()).increment());
        if (completion.isOverrun()) {
            registry.counter("conduit.cost.overruns").increment();
        }
    }

    void failed(Kind kind) {
        registry.counter("conduit.requests.failed", "kind", kind.name().toLowerCase(java.util.Locale.ROOT)).increment();
    }
}
