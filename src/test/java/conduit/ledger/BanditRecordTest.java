package conduit.ledger;

import conduit.bandit.Candidate;
import conduit.bandit.Context;
import conduit.learning.Judgement;
import conduit.ledger.BanditRecord.Judged;
import conduit.ledger.BanditRecord.Spent;
import conduit.routing.Decision;
import conduit.routing.Routed;
import conduit.routing.Sampling;
import conduit.routing.Source;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.math.BigDecimal;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What the bandit chose and what came of it, as it is read back; neither reading may go through all that is on record. */
class BanditRecordTest {

    private static final Candidate HAIKU = new Candidate("claude-haiku-5-5", 0.1 + 0.2, 1.0 / 3, new BigDecimal("0.000123"),
            0.7000000000000001, 1e-9 + 1, 2.000000000000001);

    private static Routed chosen(Stores stores, String id, String project, Source source) {
        Routed one = Stores.routed(id, project, "1", Stores.NOON);
        Decision decision = new Decision(HAIKU.model(), source, "why", List.of(), 7, "general", List.of(HAIKU), "v1",
                source == Source.BANDIT ? new Sampling(3, "short", 0.04, 1e-7 / 3, 1, 0.05, 1.75, "claude-opus-5-5") : null,
                (1L << 53) - 1, 12, null);
        return new Routed(one.request(), one.project(), one.model(), decision, one.estimate(), List.of(), one.at());
    }

    private static Run answered(Stores stores, String id, String project, Source source) {
        Run run = stores.accept(chosen(stores, id, project, source));
        stores.settle(Stores.answered(run, 20));
        return run;
    }

    private static void judge(Stores stores, String id, boolean said, double reward) {
        stores.transaction.executeWithoutResult(status -> stores.beliefs.judge(new Judgement(id, 1, HAIKU.model(),
                new Context("general", "short"), "rating", reward, 1, said)));
    }

    @OnEachDatabase
    void aChoiceIsReadBackAsItWasMadeBitForBit(Stores stores) {
        Run run = answered(stores, "bits", "bits", Source.BANDIT);
        assertThat(stores.requests.decision("bits", 1)).contains(run.decision());
    }

    /** Its propensity is of the model that was chosen, its answer and its bill of another one. */
    @OnEachDatabase
    void whatAnotherModelAnsweredIsNoChoiceOfTheBandits(Stores stores) {
        Run run = stores.accept(chosen(stores, "e-1", "elsewhere", Source.BANDIT));
        stores.settle(Stores.answered(stores.further(run, 30, "claude-opus-5-5", "0.5"), 20));
        answered(stores, "e-2", "elsewhere", Source.BANDIT);
        Run again = stores.accept(chosen(stores, "e-3", "elsewhere", Source.BANDIT));
        stores.settle(Stores.answered(stores.further(again, 0, HAIKU.model(), "0.5"), 20));
        judge(stores, "e-1", true, 0);
        judge(stores, "e-2", true, 1);
        judge(stores, "e-3", true, 0.5);
        Records.Range range = new Records.Range(Stores.NOON.toInstant().minusSeconds(1), Stores.NOON.toInstant().plusSeconds(1), "elsewhere");

        BanditRecord record = new BanditRecord(stores.jdbc);
        assertThat(record.judged(range, 10)).extracting(BanditRecord.Judged::reward).containsExactlyInAnyOrder(1.0, 0.5);
        assertThat(new Attempts(stores.jdbc).answeredBy("e-1", 1)).contains("claude-opus-5-5");
        assertThat(new Attempts(stores.jdbc).answeredBy("e-2", 1)).isEmpty();
    }

    @OnEachDatabase
    void judgedChoicesAreThoseOfTheBanditOfWhichSomebodySaidSomething(Stores stores) {
        answered(stores, "j-1", "judged", Source.BANDIT);
        answered(stores, "j-2", "judged", Source.BANDIT);
        answered(stores, "j-3", "judged", Source.RULE);
        answered(stores, "j-4", "judged", Source.BANDIT);
        judge(stores, "j-1", true, 0.75);
        judge(stores, "j-2", false, 0);
        judge(stores, "j-3", true, 1);
        BanditRecord record = new BanditRecord(stores.jdbc);
        var noon = Stores.NOON.toInstant();
        List<Judged> judged = record.judged(new Records.Range(noon.minusSeconds(1), noon.plusSeconds(1), "judged"), 10);
        assertThat(judged).hasSize(1);
        assertThat(judged.get(0).reward()).isEqualTo(0.75);
        assertThat(judged.get(0).decision().candidates()).containsExactly(HAIKU);
        assertThat(judged.get(0).costUsd()).isPositive();
        assertThat(record.judged(new Records.Range(noon.plusMillis(1), noon.plusSeconds(1), "judged"), 10)).isEmpty();
        assertThat(record.judged(new Records.Range(noon, noon.plusSeconds(1), null), 1)).hasSize(1);
    }

    /** Else a refusal would count against the model that answered when the same id was sent again. */
    @OnEachDatabase
    void aJudgementStaysWithTheRunThatItIsOf(Stores stores) {
        Run first = stores.accept(chosen(stores, "again", "again", Source.BANDIT));
        judge(stores, "again", true, 0);
        stores.settle(Stores.failed(first, true));
        Routed next = chosen(stores, "again", "again", Source.BANDIT);
        Decision other = new Decision("claude-opus-5-5", Source.BANDIT, "why", List.of(), 7, "general", List.of(HAIKU), "v1",
                next.decision().sampling(), 1L, 12, null);
        Run second = stores.accept(new Routed(next.request(), next.project(), next.model(), other, next.estimate(), List.of(),
                next.at()));
        stores.settle(Stores.answered(second, 20));
        var noon = Stores.NOON.toInstant();
        List<Judged> judged = new BanditRecord(stores.jdbc).judged(
                new Records.Range(noon.minusSeconds(1), noon.plusSeconds(1), "again"), 10);
        assertThat(second.number()).isEqualTo(2);
        assertThat(judged).hasSize(1);
        assertThat(judged.get(0).decision().model()).isEqualTo(HAIKU.model());
        assertThat(judged.get(0).costUsd()).as("known of the last run only").isNull();
    }

    @OnEachDatabase
    void callsOfLateHaveAllThatWasBilled(Stores stores) {
        BanditRecord record = new BanditRecord(stores.jdbc);
        int before = record.latest(10_000, 50_000).size();
        answered(stores, "l-1", "late", Source.BANDIT);
        answered(stores, "l-2", "late", Source.RULE);
        stores.accept(chosen(stores, "l-3", "late", Source.BANDIT));
        List<Spent> spent = record.latest(10_000, 50_000);
        assertThat(spent).hasSize(before + 1);
        Spent one = spent.stream().filter(s -> s.tokens().output() == 20).findFirst().orElseThrow();
        assertThat(one.tokens()).isEqualTo(new conduit.model.Tokens(10, 20, 3, 2, 1));
        assertThat(one.model()).isEqualTo(HAIKU.model());
        assertThat(one.costUsd()).isPositive();
        assertThat(record.latest(1, 50_000)).hasSize(1);
    }

    /** Else a list of models would read every request that there ever was. */
    @Test
    void aPageOfTheNewestIsReadByTheIndexOfTime() {
        try (var source = OnEachDatabase.Databases.fresh(true)) {
            JdbcClient jdbc = JdbcClient.create(source);
            jdbc.sql("insert into requests (id, run, project_id, state, inlet, fingerprint, metadata, node, created_at, updated_at) "
                    + "select concat('r', x), 1, 'p', 'completed', 'http', 'f', '{}', 'n', dateadd('second', x, timestamp with time "
                    + "zone '2026-11-01 00:00:00Z'), current_timestamp from system_range(1, 5000) as s (x)").update();
            jdbc.sql("analyze").update();
            String plan = jdbc.sql("explain analyze " + BanditRecord.page(true)).param("before",
                    Requests.time(Stores.NOON.toInstant())).param("id", "x").query(String.class).single();
            assertThat(plan).contains("requests_by_time").containsPattern("(?s)requests_by_time.*scanCount: (1?\\d{1,3}|100\\d) ");
        }
    }
}
