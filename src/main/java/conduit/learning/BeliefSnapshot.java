package conduit.learning;

import conduit.bandit.Beliefs;
import conduit.bandit.Cell;
import conduit.bandit.Context;
import conduit.bandit.Evidence;
import conduit.bandit.Tuning;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.util.SortedMap;
import java.util.TreeMap;

/** The rows of model_states: beliefs at one version, so that a start need not read the whole log. */
record BeliefSnapshot(JdbcClient jdbc) {

    private static final Logger LOG = LoggerFactory.getLogger(BeliefSnapshot.class);
    /** To be raised when {@link Beliefs} folds in another way. */
    private static final int FOLD = 2;

    /** What is kept, of one version: one statement sees one instant. {@code none} where nothing is that fits. */
    Beliefs read(Beliefs none) {
        SortedMap<Context, Cell> cells = new TreeMap<>();
        Head head = jdbc.sql("select * from belief_head h left join model_states m on h.snapshot > 0 where h.id = 1")
                .query(rows -> {
                    Head read = null;
                    while (rows.next()) {
                        read = new Head(rows.getLong("snapshot"), rows.getString("folded_as"));
                        if (rows.getString("model") != null) {
                            Cell born = new Cell(rows.getLong("born"), rows.getLong("touched"), rows.getLong("places"),
                                    new TreeMap<>());
                            cells.computeIfAbsent(new Context(rows.getString("category"),
                                    rows.getString("length_bucket")), context -> born).evidence().put(
                                    rows.getString("model"), new Evidence(rows.getDouble("good"), rows.getDouble("bad"),
                                            rows.getDouble("squares"), rows.getLong("observations")));
                        }
                    }
                    return read;
                });
        if (head.version() > 0 && !head.foldedAs().equals(how(none.tuning()))) {
            LOG.info("What the bandit learnt is folded anew from its first line: it was folded as \"{}\", now it is \"{}\"",
                    head.foldedAs(), how(none.tuning()));
            return none;
        }
        return new Beliefs(head.version(), none.tuning(), none.priors(), cells);
    }

    private record Head(long version, String foldedAs) {
    }

    /** What the fold depends on. Priors and shrinkage are added when beliefs are asked. */
    private static String how(Tuning tuning) {
        return "fold " + FOLD + ", discount " + tuning.discount() + ", inherited " + tuning.inherited() + ", cells "
                + tuning.cells() + ", patience " + tuning.patience();
    }

    /** Whether so many lines, or more, were added since these beliefs were kept, or they were folded in another way. */
    boolean isDue(Beliefs beliefs, long lines) {
        return jdbc.sql("select count(*) from belief_head where snapshot <= ? or folded_as <> ? and snapshot <= ?")
                .params(beliefs.version() - lines, how(beliefs.tuning()), beliefs.version()).query(Long.class).single() > 0
                && beliefs.version() > 0;
    }

    /** Keeps these beliefs, unless later ones are kept. To be called in a transaction. */
    void write(Beliefs beliefs) {
        if (jdbc.sql("update belief_head set snapshot = ?, folded_as = ? where id = 1 and snapshot <= ? and version >= ?")
                .params(beliefs.version(), how(beliefs.tuning()), beliefs.version(), beliefs.version()).update() == 0) {
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
