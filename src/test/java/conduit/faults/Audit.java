package conduit.faults;

import conduit.ConduitRig;
import conduit.faults.Books.Row;
import conduit.faults.SimulatorLog.Invocation;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Compares the ledger with the simulator's own log, and its tables with one another; each difference is a line. */
final class Audit {

    private final Books books;
    private final SimulatorLog log;
    private final List<String> differences = new ArrayList<>();

    Audit(Books books, SimulatorLog log) {
        this.books = books;
        this.log = log;
    }

    List<String> differences() {
        return differences;
    }

    void check(boolean holds, Supplier<String> otherwise) {
        if (!holds) {
            differences.add(otherwise.get());
        }
    }

    /** Every request of every job has the runs, the usage and the state that the simulator's log allows. */
    void runs(List<Job> jobs) throws SQLException {
        Map<String, List<Row>> requests = books.requests();
        Map<String, List<Row>> usage = books.rows("select * from usage_tracking order by run, part").stream()
                .collect(Collectors.groupingBy(row -> row.text("request_id")));
        Map<String, List<Row>> held = books.rows("select * from reservations order by run").stream()
                .collect(Collectors.groupingBy(row -> row.text("request_id")));
        Map<String, List<Row>> tried = books.rows("select * from attempts where next_model is not null").stream()
                .collect(Collectors.groupingBy(row -> row.text("request_id")));
        for (Job job : jobs) {
            List<Row> own = requests.getOrDefault(job.key, List.of());
            int most = job.way == Job.Way.QUEUE_WITHOUT_ID ? job.sent : 1;
            check(own.size() <= most, () -> job + " became " + own.size() + " requests");
            check(!own.isEmpty() || log.of(job.key).isEmpty(), () -> job + " ran and is in no ledger");
            if (own.size() == 1) {
                String id = own.get(0).text("id");
                money(job, own.get(0), usage.getOrDefault(id, List.of()), held.getOrDefault(id, List.of()),
                        tried.getOrDefault(id, List.of()));
            }
        }
        Set<String> keys = jobs.stream().map(job -> job.key).collect(Collectors.toSet());
        check(keys.containsAll(log.all().keySet()), () -> "the simulator ran for nobody's key: " + log.all().keySet());
    }

    /** @param tried its attempts that were followed by another one */
    private void money(Job job, Row request, List<Row> usage, List<Row> held, List<Row> tried) {
        List<Invocation> invocations = log.of(job.key);
        String state = request.text("state");
        BigDecimal charged = sum(invocations.stream().map(i -> Objects.requireNonNullElse(i.costUsd(), BigDecimal.ZERO)));
        BigDecimal exact = sum(usage.stream().filter(u -> u.get("estimated").equals(false)).map(u -> u.money("cost")));
        BigDecimal all = sum(usage.stream().map(u -> u.money("cost")));
        BigDecimal unknown = sum(held.stream().filter(h -> h.text("state").equals("unknown")).map(h -> h.money("amount")));
        Supplier<String> what = () -> job + " is " + state + ", run " + request.get("run") + ", charged " + invocations
                + ", booked " + usage.stream().map(u -> u.get("run") + ": " + u.get("cost")
                + (u.get("estimated").equals(true) ? " estimated" : "")).toList() + ", set aside "
                + held.stream().map(h -> h.get("run") + ": " + h.get("amount") + " " + h.get("state")).toList();

        check(!state.equals("accepted"), () -> "Not ended: " + what.get());
        check(held.stream().noneMatch(h -> h.text("state").equals("held")), () -> "Still held: " + what.get());
        check(state.equals("unknown") == (unknown.signum() > 0), () -> "Flag and reservation differ: " + what.get());
        check(invocations.size() <= held.size() + tried.size(), () -> "More processes than runs and attempts: " + what.get());
        int mayHaveSpent = (int) invocations.stream().filter(i -> !i.isFree()).count();
        // An attempt that is known to have cost so much may be followed by another one; what it cost is booked.
        long paid = tried.stream().filter(row -> row.money("cost").signum() > 0).count();
        check(mayHaveSpent <= paid + ("void".equals(job.resolved) ? 2 : 1), () -> "Ran again though it may have spent: " + what.get());
        check(!state.equals("completed") || usage.stream().anyMatch(u -> u.get("run").equals(request.get("run"))
                && u.get("part").equals(0)), () -> "Answered without usage: " + what.get());
        boolean guessed = exact.compareTo(all) != 0 || unknown.signum() > 0 || job.resolved != null;
        check(guessed || all.compareTo(charged) == 0, () -> "Booked otherwise than charged: " + what.get());
        check(job.resolved != null || all.add(unknown).compareTo(charged) >= 0, () -> "Booked less than charged: " + what.get());
        check(guessed || state.equals("failed") || invocations.size() >= 1, () -> "Answered without a process: " + what.get());
        check(!state.equals("failed") || all.signum() > 0 || invocations.stream().allMatch(Invocation::isFree)
                || "void".equals(job.resolved), () -> "Ran, and nothing is booked: " + what.get());
        BigDecimal last = sum(usage.stream().filter(u -> u.get("run").equals(request.get("run"))).map(u -> u.money("cost")));
        check(!Set.of("completed", "failed").contains(state) || request.money("cost").compareTo(last) == 0,
                () -> "The request's cost " + request.get("cost") + " is not its usage's: " + what.get());
    }

    private static BigDecimal sum(java.util.stream.Stream<BigDecimal> amounts) {
        return amounts.reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Sums that are kept beside the rows are the rows' sums, by day and month and by model. */
    void sums() throws SQLException {
        String spent = "select project_id, %s as period, sum(cost) as amount from usage_tracking group by 1, 2";
        String reserved = "select project_id, %s as period, sum(amount) as amount from reservations "
                + "where state in ('held', 'unknown') group by 1, 2";
        for (String period : new String[] {"cast(booked_on as varchar)", "substring(cast(booked_on as varchar), 1, 7)"}) {
            int length = period.startsWith("cast") ? 10 : 7;
            String kept = "select project_id, period, %s as amount from spending where %s <> 0 and length(period) = " + length;
            same("spent", kept.formatted("spent", "spent"), spent.formatted(period) + " having sum(cost) <> 0");
            same("reserved", kept.formatted("reserved", "reserved"), reserved.formatted(period));
        }
        String by = "project_id, booked_on, model, coalesce(agent_id, '') as agent_id, routing_source, ";
        String order = " order by 1, 2, 3, 4, 5";
        same("usage_daily", "select " + by + "requests, input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, "
                + "cost, estimated_cost, differing from usage_daily" + order,
                "select " + by + "sum(case when part = 0 then 1 else 0 end) as requests, sum(input_tokens) as input_tokens, "
                + "sum(output_tokens) as output_tokens, sum(cache_read_tokens) as cache_read_tokens, "
                + "sum(cache_write_tokens) as cache_write_tokens, sum(cost) as cost, "
                + "sum(case when estimated then cost else 0 end) as estimated_cost, "
                + "sum(case when cost_differs then 1 else 0 end) as differing from usage_tracking "
                + "group by project_id, booked_on, model, coalesce(agent_id, ''), routing_source" + order);
        for (Row row : books.rows("select s.project_id, s.period, s.spent + s.reserved as used, p.daily_limit from spending s "
                + "join projects p on p.id = s.project_id where length(s.period) = 10 and s.spent + s.reserved > p.daily_limit")) {
            differences.add("Over the limit: " + row);
        }
    }

    private void same(String what, String kept, String counted) throws SQLException {
        Set<String> is = texts(kept);
        Set<String> should = texts(counted);
        check(is.equals(should), () -> what + " is " + is + " and should be " + should);
    }

    private Set<String> texts(String sql) throws SQLException {
        return books.rows(sql).stream().map(row -> row.values().stream().map(value -> value instanceof BigDecimal number
                ? number.stripTrailingZeros().toPlainString() : String.valueOf(value)).collect(Collectors.joining(" ")))
                .collect(Collectors.toCollection(java.util.TreeSet::new));
    }

    /** Each usage row stands once in the files of each kind, whatever their names. */
    void exports(java.nio.file.Path folder) throws Exception {
        List<String> rows = books.rows("select id from usage_tracking order by id").stream().map(r -> r.text("id")).toList();
        for (String suffix : new String[] {".csv", ".jsonl"}) {
            List<String> written = new ArrayList<>();
            try (var files = java.nio.file.Files.list(folder)) {
                for (var file : files.filter(f -> f.toString().endsWith(suffix)).toList()) {
                    for (String line : java.nio.file.Files.readAllLines(file)) {
                        written.add(suffix.equals(".csv") ? line.split(",")[0] : ConduitRig.JSON.readTree(line).path("id").asText());
                    }
                }
            }
            List<String> ids = written.stream().filter(id -> !id.equals("id")).sorted(java.util.Comparator.comparing(Long::valueOf)).toList();
            check(ids.equals(rows), () -> "exported as " + suffix + " are " + ids + " and should be " + rows);
        }
    }
}
