package conduit.ledger;

import conduit.bandit.ModelState;
import conduit.bandit.Posterior;
import conduit.model.Catalogue;
import conduit.model.Model;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** What is known of each model, in the database; a model's first row is its prior from the catalogue. */
public final class ModelStates {

    private static final long FRESH_NANOS = 500_000_000;

    private final JdbcClient jdbc;
    private final Catalogue catalogue;
    private final Clock clock;
    private volatile Snapshot snapshot;

    private record Snapshot(Map<String, ModelState> states, long readAt) {
    }

    public ModelStates(JdbcClient jdbc, Catalogue catalogue, Clock clock) {
        this.jdbc = jdbc;
        this.catalogue = catalogue;
        this.clock = clock;
    }

    /** Gives every model of the catalogue that has no row its prior. */
    public void prepare() {
        for (Model model : catalogue.all()) {
            jdbc.sql("insert into model_states values (?, 'all', 'all', ?, ?, 0, 0, 0, ?) on conflict do nothing")
                    .params(model.id(), model.priorAlpha(), model.priorBeta(), Requests.time(clock.instant())).update();
        }
    }

    /** A model's state, at most half a second old: other nodes may learn too. */
    public ModelState state(String model) {
        Snapshot now = snapshot;
        if (now == null || System.nanoTime() - now.readAt() > FRESH_NANOS) {
            now = new Snapshot(read().stream().collect(Collectors.toMap(ModelState::model, s -> s)), System.nanoTime());
            snapshot = now;
        }
        return now.states().get(model);
    }

    /** Every model's state. */
    public List<ModelState> read() {
        return jdbc.sql("select s.model, s.alpha, s.beta, s.observations, s.calls + coalesce(l.calls, 0) as calls, "
                + "s.output_tokens + coalesce(l.output_tokens, 0) as output_tokens from model_states s left join (select "
                + "model, sum(calls) as calls, sum(output_tokens) as output_tokens from model_lengths group by model) l "
                + "on l.model = s.model where s.category = 'all' and s.length_bucket = 'all' order by s.model")
                .query((row, i) -> new ModelState(row.getString("model"), new Posterior(row.getDouble("alpha"),
                        row.getDouble("beta"), row.getLong("observations")), row.getLong("calls"),
                        row.getLong("output_tokens"))).list();
    }

    /** Changes a model's posterior; to be called in a transaction, which keeps others waiting. */
    public void change(String model, UnaryOperator<Posterior> change) {
        Posterior before = jdbc.sql("select alpha, beta, observations from model_states where model = ? and "
                        + "category = 'all' and length_bucket = 'all' for update").param(model)
                .query((row, i) -> new Posterior(row.getDouble(1), row.getDouble(2), row.getLong(3))).single();
        Posterior after = change.apply(before);
        jdbc.sql("update model_states set alpha = ?, beta = ?, observations = ?, updated_at = ? where model = ? "
                        + "and category = 'all' and length_bucket = 'all'")
                .params(after.alpha(), after.beta(), after.observations(), Requests.time(clock.instant()), model)
                .update();
        snapshot = null;
    }
}
