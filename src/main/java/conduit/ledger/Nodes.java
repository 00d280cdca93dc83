package conduit.ledger;

import org.springframework.jdbc.core.simple.JdbcClient;

import java.time.Clock;
import java.time.Duration;

/**
 * The Conduits that share the database.
 *
 * @param me the id of this one
 */
public record Nodes(JdbcClient jdbc, String me, Clock clock) {

    /** Who was silent for so long is taken to be gone; beats come once a minute. */
    static final Duration SILENCE = Duration.ofMinutes(10);

    /** Notes that this Conduit is alive. */
    public void beat() {
        var now = Requests.time(clock.instant());
        if (jdbc.sql("update nodes set seen_at = ? where id = ?").params(now, me).update() == 0) {
            jdbc.sql("insert into nodes values (?, ?) on conflict do nothing").params(me, now).update();
        }
    }
}
