package conduit.ledger;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The Conduits that share the database. Their silence is measured by the database's clock, the one that they share.
 *
 * @param me the id of this one
 */
public record Nodes(JdbcClient jdbc, String me) {

    /** True of a node {@code n} that told within the last ten minutes that it is alive; beats come once a minute. */
    static final String ALIVE = "n.seen_at > current_timestamp - interval '10' minute";

    /** Notes that this Conduit is alive. */
    public void beat() {
        if (jdbc.sql("update nodes set seen_at = current_timestamp where id = ?").param(me).update() == 0) {
            jdbc.sql("insert into nodes values (?, current_timestamp) on conflict do nothing").param(me).update();
        }
    }
}
