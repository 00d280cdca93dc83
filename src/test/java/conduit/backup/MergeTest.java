package conduit.backup;

import conduit.ledger.Completion;
import conduit.ledger.Run;
import conduit.ledger.Stores;
import conduit.problem.Kind;
import conduit.problem.Problem;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static conduit.backup.Home.NOON;
import static org.assertj.core.api.Assertions.assertThat;

/** A backup that meets a ledger which went on by itself: no money is lost, and none is counted twice. */
class MergeTest {

    private static final int ROUNDS = Integer.getInteger("backup.rounds", 2);

    /** Spending is the sum of usage, what is reserved the sum of what is held, and reports are the sums of both. */
    static void assertBooks(Home home) {
        String days = "(select project_id, cast(booked_on as varchar(10)) as period, cost as spent, 0 as reserved from "
                + "usage_tracking union all select project_id, cast(booked_on as varchar(10)), 0, amount from reservations "
                + "where state in ('held', 'unknown'))";
        for (String period : List.of("period", "substring(period, 1, 7)")) {
            assertThat(home.sum("select count(*) from (select project_id, " + period + " as p, sum(spent) as s, sum(reserved) "
                    + "as r from " + days + " d group by project_id, " + period + ") b left join spending l on "
                    + "l.project_id = b.project_id and l.period = b.p where l.spent is distinct from b.s "
                    + "or l.reserved is distinct from b.r")).as("sums that are wrong").isZero();
        }
        assertThat(home.sum("select sum(spent) from spending where char_length(period) = 10"))
                .isEqualByComparingTo(home.sum("select sum(cost) from usage_tracking"))
                .isEqualByComparingTo(home.sum("select sum(cost) from usage_daily"))
                .isEqualByComparingTo(home.sum("select sum(spent) from spending where char_length(period) = 7"));
        assertThat(home.sum("select sum(output_tokens) from usage_daily"))
                .isEqualByComparingTo(home.sum("select sum(output_tokens) from usage_tracking"));
        assertThat(home.sum("select sum(requests) from usage_daily"))
                .isEqualByComparingTo(home.sum("select count(*) from usage_tracking where part = 0"));
        assertThat(home.sum("select count(*) from requests q where q.cost <> (select coalesce(sum(u.cost), 0) from "
                + "usage_tracking u where u.request_id = q.id and u.run = q.run)")).as("requests with a wrong cost").isZero();
        assertThat(home.sum("select count(*) from reservations v where v.state <> 'settled' and not exists (select 1 from "
                + "requests q where q.id = v.request_id and q.run = v.run and q.state in ('accepted', 'unknown'))"))
                .as("reservations that nobody could end").isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void twoLedgersBecomeOne(boolean h2) throws Exception {
        try (Home from = new Home(true).filled(); Home to = new Home(h2)) {
            to.project("shop", "{'defaultModel':'claude-opus-5-5','routingRules':[{'id':'mine','name':'Mine','priority':7,'targetModel':'claude-opus-5-5',"
                    + "'conditions':{'type':'AND','rules':[{'field':'tokenCount','operator':'>','value':10}]}}]}");
            for (int i = 0; i < 12; i++) {
                to.answer("t" + i, "shop", NOON.plusDays(i));
            }
            to.sql("update export_queue set file = 'usage-2026-11-21.csv' where kind = 'daily'");
            Restored done = to.restore(from, from.backups.create(null).name());

            assertBooks(to);
            assertThat(to.sum("select count(*) from usage_tracking")).isEqualByComparingTo("22");
            assertThat(to.sum("select count(distinct id) from usage_tracking")).isEqualByComparingTo("22");
            assertThat(to.on.projects.find("shop").orElseThrow()).isEqualTo(from.on.projects.find("shop").orElseThrow());
            assertThat(done.tables().get("routing_rules").removed()).isEqualTo(1);
            assertThat(to.sum("select count(*) from export_queue q join usage_tracking u on u.id = q.usage_id "
                    + "where q.kind = 'daily' and (q.file is null) = (u.request_id like 't_' or u.request_id like 't1_')"))
                    .as("rows of the backup wait for a file of their own").isZero();
            assertThat(to.sum("select count(*) from export_queue")).isEqualByComparingTo("44");
            var rows = to.rows();
            to.backups.restore(done.name(), false);
            assertThat(to.rows()).isEqualTo(rows);
            to.answer("after", "shop", NOON);
            assertBooks(to);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatWasOpenHereIsEndedAndWhatWasEndedIsNotOpened(boolean h2) throws Exception {
        try (Home from = new Home(h2)) {
            Map<String, Run> runs = new HashMap<>();
            for (String id : List.of("ends", "fails", "stays", "unknown")) {
                runs.put(id, from.accept(id, "p", NOON));
            }
            String early = from.backups.create(null).name();
            from.on.settle(Stores.answered(runs.get("ends"), 50));
            from.on.settle(Stores.failed(runs.get("fails"), true));
            from.answer("fails", "p", NOON.plusMinutes(1));
            from.sql("update reservations set state = 'unknown' where request_id = 'unknown'");
            from.sql("update requests set state = 'unknown' where id = 'unknown'");
            String late = from.backups.create(null).name();
            var rows = from.rows();

            from.backups.restore(early, false);
            assertThat(from.rows()).as("an early backup opens nothing again").isEqualTo(rows);
            try (Home to = new Home(h2)) {
                to.restore(from, early);
                assertBooks(to);
                to.restore(from, late);
                assertThat(to.rows()).as("a late one ends what was open").isEqualTo(rows);
                to.restore(from, early);
                assertThat(to.rows()).isEqualTo(rows);
            }
        }
    }

    /** Both ran the same id, each for itself; what happened here stays. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anIdThatRanInBothStaysAsItRanHere(boolean h2) throws Exception {
        try (Home from = new Home(h2); Home to = new Home(h2)) {
            from.answer("both", "p", NOON);
            from.answer("running", "p", NOON);
            from.accept("open", "p", NOON);
            to.answer("both", "q", NOON.plusDays(1));
            Run running = to.accept("running", "p", NOON.plusDays(1));
            to.answer("open", "p", NOON.plusDays(1));
            var rows = to.rows();
            Restored done = to.restore(from, from.backups.create(null).name());
            assertThat(done.tables().get("usage_tracking").kept()).isEqualTo(2);
            var now = to.rows();
            for (String table : List.of("requests", "usage_tracking", "reservations", "routing_decisions", "export_queue")) {
                assertThat(now.get(table)).as(table).isEqualTo(rows.get(table));
            }
            assertThat(to.on.settle(Stores.answered(running, 10))).as("its end is booked").isTrue();
            assertBooks(to);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void openRunsOfThisConduitAreFlaggedUnlessTheirOutputIsThere(boolean h2) throws Exception {
        try (Home from = new Home(true); Home to = new Home(h2)) {
            from.accept("gone", "p", NOON);
            from.accept("outlived", "p", NOON);
            Backups own = new Backups(new BackupFolder(to.folder), new conduit.backup.table.Tables(to.database, to.gate, "node",
                    (id, run) -> id.equals("outlived")), 0, Stores.CLOCK);
            own.restore(to.take(from, from.backups.create(null).name()), false);
            assertThat(to.on.jdbc.sql("select q.id || q.state || v.state from requests q join reservations v on "
                    + "v.request_id = q.id order by q.id").query(String.class).list())
                    .containsExactly("goneunknownunknown", "outlivedacceptedheld");
            assertBooks(to);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void judgementsThatAreNewerStay(boolean h2) throws Exception {
        try (Home from = new Home(true); Home to = new Home(h2)) {
            from.answer("a", "p", NOON);
            from.judge("a", "0.2");
            to.restore(from, from.backups.create(null).name());
            to.judge("a", "0.9");
            to.sql("update feedback set updated_at = ?", NOON.plusHours(1).toOffsetDateTime());
            var rows = to.rows();
            from.judge("a", "0.3");
            to.restore(from, from.backups.create(null).name());
            assertThat(to.rows().get("feedback")).isEqualTo(rows.get("feedback"));
        }
    }

    /** Usage that was archived is in no row any more: its sums come along, once. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sumsOfArchivedUsageComeAlong(boolean h2) throws Exception {
        try (Home from = new Home(true); Home to = new Home(h2)) {
            from.answer("old", "p", NOON);
            from.answer("new", "p", NOON.plusDays(40));
            from.sql("delete from export_queue");
            from.sql("delete from usage_tracking where request_id = 'old'");
            to.answer("mine", "p", NOON.plusDays(40));
            Restored done = to.restore(from, from.backups.create(null).name());
            assertThat(to.sum("select sum(spent) from spending where char_length(period) = 10")).isEqualByComparingTo(
                    from.sum("select sum(spent) from spending where char_length(period) = 10").add(to.sum(
                            "select sum(cost) from usage_tracking where request_id = 'mine'")));
            assertThat(to.sum("select sum(cost) from usage_daily")).isEqualByComparingTo(to.sum("select sum(spent) from "
                    + "spending where char_length(period) = 7"));
            var rows = to.rows();
            to.backups.restore(done.name(), false);
            assertThat(to.rows()).isEqualTo(rows);
        }
    }

    /** Two ledgers walk, exchange backups, and walk on; some ids are used in both. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRandomWalkOfTwoLedgersKeepsTheBooks(boolean h2) throws Exception {
        Random random = new Random(20261122);
        try (Home one = new Home(true); Home two = new Home(h2)) {
            Map<Home, Map<String, Run>> open = Map.of(one, new HashMap<>(), two, new HashMap<>());
            for (int round = 0; round < ROUNDS; round++) {
                for (Home home : List.of(one, two)) {
                    walk(home, open.get(home), random, round);
                }
                Home from = random.nextBoolean() ? one : two;
                Home to = from == one ? two : one;
                var spent = to.sum("select coalesce(sum(cost), 0) from usage_tracking");
                Restored done = to.restore(from, from.backups.create(null).name());
                assertBooks(to);
                assertThat(to.sum("select sum(cost) from usage_tracking")).isGreaterThanOrEqualTo(spent);
                var rows = to.rows();
                to.backups.restore(done.name(), false);
                assertThat(to.rows()).as("round %d", round).isEqualTo(rows);
            }
        }
    }

    private static void walk(Home home, Map<String, Run> open, Random random, int round) {
        for (int step = 0; step < 25; step++) {
            String id = random.nextInt(4) == 0 ? "both" + random.nextInt(8) : "h" + System.identityHashCode(home) + "r"
                    + round + "s" + step;
            Run run = open.remove(id);
            if (run == null && home.on.requests.find(id).map(r -> r.state() == conduit.ledger.RequestState.FAILED
                    && r.cost() != null && r.cost().signum() == 0)
                    .orElse(true)) {
                open.put(id, home.accept(id, "p" + (id.hashCode() & 1), NOON.plusDays(random.nextInt(40))
                        .plusNanos(1_000_000L * random.nextInt(1_000_000))));
            } else if (run != null && random.nextInt(5) == 0) {
                home.on.ledger.release(id, run.number(), Problem.of(Kind.INTERNAL, "released"));
            } else if (run != null) {
                Completion done = random.nextBoolean() ? Stores.answered(run, random.nextInt(900))
                        : Stores.failed(run, random.nextBoolean());
                home.on.settle(done);
            }
        }
    }
}
