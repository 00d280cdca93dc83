package conduit.ledger;

import conduit.claude.Billed;
import conduit.claude.Outcome;
import conduit.ledger.UsageReport.Question;
import conduit.model.Tokens;
import conduit.routing.Routed;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

import static conduit.ledger.Stores.NOON;
import static org.assertj.core.api.Assertions.assertThat;

/** Guards against a report that strays from the usage rows that it sums up. */
class UsageReportTest {

    private static final List<String> KEYS = List.of("day", "model", "project", "agent", "source");
    private static final Map<String, String> COLUMNS = Map.of("day", "booked_on", "model", "model", "project",
            "project_id", "agent", "agent_id", "source", "routing_source");
    private static final LocalDate FROM = LocalDate.parse("2031-01-30");
    private static final LocalDate TO = LocalDate.parse("2031-02-03");

    private static void fill(Stores on, Random random) {
        for (int i = 0; i < 60; i++) {
            ZonedDateTime at = NOON.withYear(2031).withMonth(1).withDayOfMonth(28).plusDays(random.nextInt(8));
            String agent = random.nextInt(3) == 0 ? null : "agent" + random.nextInt(2);
            Routed routed = Stores.routed("report" + i, "report" + random.nextInt(3), "0.5", at, agent);
            Run run = on.accept(routed);
            if (i % 10 == 0) {
                continue;
            }
            List<Billed> billed = new ArrayList<>();
            for (int part = 0; part <= random.nextInt(2); part++) {
                billed.add(new Billed(part == 0 ? "claude-haiku-5-5" : "claude-opus-5-5", new Tokens(random.nextInt(999),
                        random.nextInt(999), random.nextInt(99), 7, random.nextInt(7)),
                        random.nextBoolean() ? new BigDecimal("0.9") : BigDecimal.ZERO));
            }
            on.settle(i % 10 == 1 ? Stores.failed(run, false) : new Accountant(conduit.Some.CATALOGUE).complete(run,
                    new Outcome.Answered("text", billed, 5, "s")));
        }
    }

    /** What a straight sum over usage_tracking says, a line a group. */
    private static List<String> straight(Stores on, List<String> groups, String project) {
        String keys = groups.stream().map(COLUMNS::get).collect(Collectors.joining(", "));
        return on.jdbc.sql("select " + keys + ", count(distinct case when part = 0 then request_id end) as n, "
                        + "sum(input_tokens), sum(output_tokens), sum(cache_read_tokens), sum(cache_write_tokens), sum(cost), "
                        + "sum(case when estimated then cost else 0 end), sum(case when cost_differs then 1 else 0 end) "
                        + "from usage_tracking where booked_on between ? and ? " + (project == null ? "" : "and project_id = '"
                        + project + "' ") + "group by " + keys + " order by " + keys)
                .params(FROM, TO).query((row, n) -> {
                    List<String> cells = new ArrayList<>();
                    for (int i = 1; i <= groups.size() + 8; i++) {
                        cells.add(cell(i <= groups.size() ? row.getString(i) : row.getBigDecimal(i)));
                    }
                    return String.join(" ", cells);
                }).list();
    }

    private static String cell(Object value) {
        return value instanceof BigDecimal number ? number.stripTrailingZeros().toPlainString() : String.valueOf(value);
    }

    private static String line(Map<String, Object> row) {
        return row.values().stream().map(value -> cell(value instanceof Long number ? BigDecimal.valueOf(number) : value))
                .collect(Collectors.joining(" "));
    }

    @OnEachDatabase
    @SuppressWarnings("unchecked")
    void everyGroupingSaysWhatTheRowsSay(Stores on) {
        fill(on, new Random(20261121));
        UsageReport report = new UsageReport(on.jdbc);
        for (int mask = 1; mask < 1 << KEYS.size(); mask++) {
            List<String> groups = new ArrayList<>();
            for (int i = 0; i < KEYS.size(); i++) {
                if ((mask >> i & 1) == 1) {
                    groups.add(KEYS.get(i));
                }
            }
            for (String project : new String[] {null, "report1"}) {
                Map<String, Object> answer = report.answer(new Question(project, FROM, TO, groups));
                List<Map<String, Object>> rows = (List<Map<String, Object>>) answer.get("rows");
                assertThat(rows.stream().map(UsageReportTest::line)).as("%s of %s", groups, project).isNotEmpty()
                        .isEqualTo(straight(on, groups, project));
                Map<String, Object> total = (Map<String, Object>) answer.get("total");
                for (String sum : List.of("costUsd", "estimatedUsd", "requests", "differing", "outputTokens")) {
                    assertThat(new BigDecimal(total.get(sum).toString())).as(sum).isPositive().isEqualByComparingTo(rows
                            .stream().map(row -> new BigDecimal(row.get(sum).toString()))
                            .reduce(BigDecimal.ZERO, BigDecimal::add));
                }
                assertThat((BigDecimal) total.get("reservedUsd")).isEqualByComparingTo(on.sum("select coalesce(sum(reserved)"
                        + ", 0) from spending where period between ? and ? and length(period) = 10 and project_id like ?",
                        FROM.toString(), TO.toString(), project == null ? "%" : project));
            }
        }
    }
}
