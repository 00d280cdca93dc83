package conduit.retention;

import com.zaxxer.hikari.HikariDataSource;
import conduit.SettableClock;
import conduit.ledger.Completion;
import conduit.ledger.OnEachDatabase.Databases;
import conduit.ledger.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.ZonedDateTime;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Guards against rows that no partition takes, and against questions that look through every month. */
class PartitionsTest {

    private static final String WHERE = "select tableoid::regclass::text from usage_tracking order by request_id";

    private final SettableClock clock = new SettableClock("2026-11-21T12:00:00Z");
    private HikariDataSource source;
    private Stores on;
    private Partitions partitions;

    @BeforeEach
    void open() {
        source = Databases.open(Databases.freshPostgres());
        on = new Stores(source);
        partitions = new Partitions(on.jdbc, on.transaction, clock);
    }

    @AfterEach
    void close() {
        source.close();
    }

    private void book(String id, String moment) {
        Completion done = Stores.answered(on.accept(Stores.routed(id, "p", "1", ZonedDateTime.parse(moment))), 5);
        assertThat(on.settle(done)).isTrue();
    }

    @Test
    void thisMonthAndTheNextAreMadeAheadAndStrayRowsMoveIn() {
        partitions.prepare();
        partitions.prepare();
        book("a", "2026-11-30T23:59:59Z");
        book("b", "2026-12-01T00:00:00Z");
        book("c", "2027-01-01T00:00:00Z");
        book("d", "2027-01-31T00:00:00Z");
        assertThat(on.jdbc.sql(WHERE).query(String.class).list()).containsExactly("usage_tracking_2026_11",
                "usage_tracking_2026_12", "usage_tracking_default", "usage_tracking_default");
        List<?> before = on.jdbc.sql("select * from usage_tracking order by id").query().listOfRows();

        clock.set("2026-12-01T00:00:00Z");
        partitions.prepare();

        assertThat(on.jdbc.sql(WHERE).query(String.class).list()).containsExactly("usage_tracking_2026_11",
                "usage_tracking_2026_12", "usage_tracking_2027_01", "usage_tracking_2027_01");
        assertThat(on.jdbc.sql("select * from usage_tracking order by id").query().listOfRows()).isEqualTo(before);
        assertThat(on.sum("select count(*) from export_queue q join usage_tracking u on u.id = q.usage_id "
                + "and u.booked_on = q.booked_on")).isEqualByComparingTo("8");
        book("e", "2027-01-15T00:00:00Z");
        assertThat(on.jdbc.sql(WHERE).query(String.class).list()).last().isEqualTo("usage_tracking_2027_01");
    }

    @Test
    void aPartitionThatCannotBeMadeNowIsMadeLater() {
        partitions.prepare();
        book("a", "2027-03-01T00:00:00Z");
        on.jdbc.sql("create table usage_tracking_2027_03 (in_the_way integer)").update();
        partitions.prepare();
        assertThat(on.jdbc.sql(WHERE).query(String.class).list()).containsExactly("usage_tracking_default");
        on.jdbc.sql("drop table usage_tracking_2027_03").update();
        partitions.prepare();
        assertThat(on.jdbc.sql(WHERE).query(String.class).list()).containsExactly("usage_tracking_2027_03");
    }

    @Test
    void bookingARunLooksIntoItsOwnMonthOnly() {
        partitions.prepare();
        String plan = String.join("\n", on.jdbc.sql("explain select u.id from usage_tracking u where u.request_id = 'x' "
                + "and u.run = 1 and u.booked_on = date '2026-11-21'").query(String.class).list());
        assertThat(plan).contains("usage_tracking_2026_11").doesNotContain("2026_12", "default");
    }
}
