package conduit.learning;

import conduit.bandit.Beliefs;
import conduit.bandit.Cell;
import conduit.bandit.Context;
import conduit.bandit.Evidence;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.util.SortedMap;
import java.util.TreeMap;

/** The rows of model_states: beliefs at one version, so that a start need not read the whole log. */
record BeliefSnapshot(JdbcClient jdbc) {

    private record Row(Context context, String model, Evidence evidence, long born, long touched, long places) {
    }

    /** What is kept; {@code none} where nothing is. To be called in a transaction, so that it is of one version. */
    Beliefs read(Beliefs none) {
        long version = jdbc.sql("select snapshot from belief_head where id = 1 for update").query(Long.class).single();
        SortedMap<Context, Cell> cells = new TreeMap<>();
        for (Row row : jdbc.sql("select * from model_states order by category, length_bucket, model")
                .query((r, i) -> new Row(new Context(r.getString("category"), r.getString("length_bucket")),
                        r.getString("model"), new Evidence(r.getDouble("good"), r.getDouble("bad"),
                                r.getDouble("squares"), r.getLong("observations")), r.getLong("born"),
                        r.getLong("touched"), r.getLong("places"))).list()) {
            Cell cell = cells.computeIfAbsent(row.context(),
                    c -> new Cell(row.born(), row.touched(), row.places(), new TreeMap<>()));
            cell.evidence().put(row.model(), row.evidence());
        }
        return new Beliefs(version, none.tuning(), none.priors(), cells);
    }

    /** Keeps these beliefs, unless later ones are kept. To be called in a transaction. */
    void write(Beliefs beliefs) {
        if (jdbc.sql("update belief_head set snapshot = ? where id = 1 and snapshot < ?")
                .params(beliefs.version(), beliefs.version()).update() == 0) {
            return;
        }
        jdbc.sql("delete from model_states").update();
        beliefs.cells().forEach((context, cell) -> cell.evidence().forEach((model, evidence) ->
                jdbc.sql("insert into model_states values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                        .params(context.category(), context.length(), model, evidence.good(), evidence.bad(),
                                evidence.squares(), evidence.count(), cell.born(), cell.touched(), cell.places())
                        .update()));
    }
}
