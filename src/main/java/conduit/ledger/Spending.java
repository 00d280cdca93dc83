package conduit.ledger;

import org.springframework.jdbc.core.simple.JdbcClient;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/** The sums by project and period. */
public final class Spending {

    /** Pairs, and an order by what no index has: so both databases go straight to the two rows by their key. */
    private static final String OF_DAY = " where (project_id, period) in ((:project, :month), (:project, :day))";
    /** The month before the day. */
    private static final String LOCKED = " order by length(period) for update";

    private final JdbcClient jdbc;

    public Spending(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What a project has spent and set aside. */
    public record Sums(Spent day, Spent month) {
    }

    public Sums of(String project, LocalDate day) {
        return sums(read(project, day, ""), day);
    }

    /** What all projects have spent on a day, US dollars. */
    public BigDecimal today(LocalDate day) {
        return jdbc.sql("select coalesce(sum(spent), 0) from spending where period = ?").param(Period.day(day))
                .query(BigDecimal.class).single();
    }

    /** The sums, which nobody else changes until this transaction ends. */
    Sums lock(String project, LocalDate day) {
        Map<String, Spent> sums = read(project, day, LOCKED);
        if (sums.size() < Period.of(day).size()) {
            for (String period : Period.of(day)) {
                jdbc.sql("insert into spending (project_id, period, spent, reserved) values (?, ?, 0, 0) "
                        + "on conflict do nothing").params(project, period).update();
            }
            sums = read(project, day, LOCKED);
        }
        return sums(sums, day);
    }

    private Map<String, Spent> read(String project, LocalDate day, String how) {
        Map<String, Spent> sums = new HashMap<>();
        of(jdbc.sql("select period, spent, reserved from spending" + OF_DAY + how), project, day).query(row -> {
            sums.put(row.getString(1), new Spent(row.getBigDecimal(2), row.getBigDecimal(3)));
        });
        return sums;
    }

    private static Sums sums(Map<String, Spent> sums, LocalDate day) {
        return new Sums(sums.getOrDefault(Period.day(day), Spent.NOTHING),
                sums.getOrDefault(Period.month(day), Spent.NOTHING));
    }

    /** Adds to both of a day's periods, which are locked; amounts may be negative. */
    void add(String project, LocalDate day, BigDecimal spent, BigDecimal reserved) {
        of(jdbc.sql("update spending set spent = spent + :spent, reserved = reserved + :reserved" + OF_DAY), project, day)
                .param("spent", spent).param("reserved", reserved).update();
    }

    private static JdbcClient.StatementSpec of(JdbcClient.StatementSpec sql, String project, LocalDate day) {
        return sql.param("project", project).param("month", Period.month(day)).param("day", Period.day(day));
    }
}
