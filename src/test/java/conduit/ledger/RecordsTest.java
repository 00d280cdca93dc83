package conduit.ledger;

import conduit.Some;
import conduit.claude.Billed;
import conduit.claude.Outcome;
import conduit.ledger.Records.Range;
import conduit.model.Tokens;
import conduit.problem.Kind;
import conduit.problem.Problem;
import conduit.project.Project;
import conduit.request.LlmRequest;
import conduit.routing.Decision;
import conduit.routing.Estimate;
import conduit.routing.Routed;
import conduit.routing.Source;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import static conduit.ledger.Stores.NOON;
import static org.assertj.core.api.Assertions.assertThat;

/** What was written comes back whole, once, in order, and of the range only. */
class RecordsTest {

    private static final Instant START = NOON.toInstant();
    private static final String HAIKU = "claude-haiku-5-5";

    private static Routed decided(String request, boolean keeps, Source source, String reason, ZonedDateTime at) {
        LlmRequest asked = Some.request(request);
        Project project = new conduit.project.ProjectParser(Some.CATALOGUE).parse(asked.project(),
                "{\"defaultModel\":\"" + HAIKU + "\",\"storePrompts\":" + keeps + "}");
        Decision decision = new Decision(HAIKU, source, reason, List.of(), asked.tokenCount(), "general", List.of(),
                "v1", null, null, 12, null);
        return new Routed(asked, project, Some.CATALOGUE.find(HAIKU).orElseThrow(), decision,
                new Estimate(1, 10, BigDecimal.ONE, BigDecimal.ONE), List.of(), at);
    }

    private static Completion billed(Run run, Billed... billed) {
        return new Accountant(Some.CATALOGUE).complete(run, new Outcome.Answered("text", List.of(billed), 42, "s"));
    }

    private static List<Recorded> read(Stores on, String project) {
        return read(on, new Range(START, START.plusSeconds(60), project));
    }

    private static List<Recorded> read(Stores on, Range range) {
        List<Recorded> all = new ArrayList<>();
        new Records(on.jdbc).read(range, all::add);
        assertThat(new Records(on.jdbc).count(range)).isEqualTo(all.size());
        return all;
    }

    @OnEachDatabase
    void aRequestComesBackAsItWasAsked(Stores on) {
        String body = "{'id':'rec1-%s','project':'rec1','prompt':'Wörds','system':'Be kind','agent':{'id':'a','type':'t'},"
                + "'session':'s','user':'u','category':'c','flags':['x','y z'],'model':'" + HAIKU + "',"
                + "'maxOutputTokens':77,'metadata':{'n':1,'deep':{'k':[true]}},'constraints':{'maxCostUsd':0.5,"
                + "'minQuality':0.25,'maxLatencyMs':9,'models':['" + HAIKU + "']}}";
        for (boolean keeps : new boolean[] {true, false}) {
            on.accept(decided(body.formatted(keeps), keeps, Source.PINNED, "named", NOON));
        }
        List<Recorded> read = read(on, "rec1");

        LlmRequest asked = Some.request(body.formatted(true));
        assertThat(read).extracting(Recorded::hasTexts).containsExactly(false, true);
        assertThat(read.get(1).request()).isEqualTo(asked);
        assertThat(read.get(0).request().prompt()).isEmpty();
        assertThat(read.get(0).request().system()).isEmpty();
        assertThat(read.get(0).request().flags()).containsExactly("x", "y z");
        assertThat(read).allSatisfy(one -> {
            assertThat(one.inputBytes()).isEqualTo(13);
            assertThat(one.ran().tokenCount()).isEqualTo(3);
            assertThat(one.ran().source()).isEqualTo(Source.PINNED);
            assertThat(one.hasLabels()).isTrue();
            assertThat(one.state()).isEqualTo(RequestState.ACCEPTED);
            assertThat(one.costUsd()).isZero();
            assertThat(one.at()).isEqualTo(START);
        });
    }

    @OnEachDatabase
    void whatRanBesidesTheModelIsToldApart(Stores on) {
        Run run = on.accept(decided("{'id':'rec2','project':'rec2','prompt':'x'}", false, Source.RULE,
                "long; degraded from claude-opus-5-5 to fit into the limit", NOON));
        on.settle(billed(run, new Billed("claude-sonnet-5-5", Tokens.of(10, 20), new BigDecimal("0.00022")),
                new Billed(HAIKU, new Tokens(1000, 500, 40, 7, 3), new BigDecimal("0.000352"))));
        Recorded read = read(on, "rec2").get(0);

        assertThat(read.state()).isEqualTo(RequestState.COMPLETED);
        assertThat(read.ran()).isEqualTo(new Recorded.Ran(HAIKU, Source.RULE, "claude-opus-5-5", 1,
                new Tokens(1000, 500, 40, 7, 3), new BigDecimal("0.000352"), new BigDecimal("0.000220")));
        assertThat(read.costUsd()).isEqualByComparingTo("0.000572");
    }

    /** The CLI may tell a name with a date behind it. */
    @OnEachDatabase
    void aBillUnderAnotherNameIsTheModelsOwn(Stores on) {
        Run run = on.accept(decided("{'id':'rec3','project':'rec3','prompt':'x'}", false, Source.RULE, "why", NOON));
        on.settle(billed(run, new Billed(HAIKU + "-20260101", Tokens.of(10, 20), new BigDecimal("0.01"))));

        assertThat(read(on, "rec3").get(0).ran()).isEqualTo(new Recorded.Ran(HAIKU, Source.RULE, null, 1,
                Tokens.of(10, 20), new BigDecimal("0.010000"), new BigDecimal("0.000000").setScale(0)));
    }

    /** A request that was blocked and sent again is one request, with the later run's decision, texts and costs. */
    @OnEachDatabase
    void theLatestRunCounts(Stores on) {
        Routed second = decided("{'id':'rec4','project':'rec4','prompt':'x','flags':['f']}", true, Source.BANDIT, "drew",
                NOON.plusSeconds(30));
        on.ledger.refuse(second.request(), Problem.of(Kind.DAILY_LIMIT, "blocked"));
        Recorded blocked = read(on, new Range(Stores.CLOCK.instant(), START.plusSeconds(1), "rec4")).get(0);
        assertThat(blocked.ran()).isNull();
        assertThat(blocked.state()).isEqualTo(RequestState.FAILED);
        on.settle(Stores.answered(on.accept(second), 1000));
        List<Recorded> read = read(on, "rec4");

        assertThat(read).hasSize(1);
        assertThat(read.get(0).at()).isEqualTo(START.plusSeconds(30));
        assertThat(read.get(0).request()).isEqualTo(second.request());
        assertThat(read.get(0).ran().source()).isEqualTo(Source.BANDIT);
        assertThat(read.get(0).costUsd()).isEqualByComparingTo("0.000501");
    }

    @OnEachDatabase
    void rowsOfOldVersionsSayThatTheyLackLabels(Stores on) {
        on.accept(decided("{'id':'rec5','project':'rec5','prompt':'12345678'}", false, Source.RULE, "why", NOON));
        on.jdbc.sql("update requests set flags = null, pinned_model = null, constraints = null, "
                + "max_output_tokens = null, input_bytes = null where id = 'rec5'").update();
        Recorded read = read(on, "rec5").get(0);

        assertThat(read.hasLabels()).isFalse();
        assertThat(read.inputBytes()).isEqualTo(8);
    }

    /** Several pages, many requests of one moment: none twice, none left out, whatever stands at a page's end. */
    @OnEachDatabase
    void manyRequestsOfFewMomentsAreReadOnceAndInOrder(Stores on) {
        List<String> written = new ArrayList<>();
        for (int i = 0; i < 1_203; i++) {
            String id = "rec6-" + String.format("%04d", i);
            on.jdbc.sql("insert into requests (id, run, project_id, state, inlet, fingerprint, metadata, flags, node, "
                            + "created_at, updated_at) values (?, 1, 'rec6', 'failed', 'http', 'x', '{}', '[]', 'n', ?, ?)")
                    .params(id, Requests.time(START.plusMillis(i / 700)), Requests.time(START)).update();
            written.add(id);
        }
        assertThat(read(on, "rec6")).extracting(one -> one.request().id()).containsExactlyElementsOf(written);
        assertThat(read(on, new Range(START.plusMillis(1), START.plusMillis(2), "rec6"))).hasSize(503);
        assertThat(read(on, new Range(START, START.plusMillis(1), "rec6"))).hasSize(700);
        assertThat(read(on, new Range(START, START, "rec6"))).isEmpty();
        assertThat(read(on, new Range(START, START.plusMillis(2), null)).stream()
                .filter(one -> one.request().project().equals("rec6"))).hasSize(1_203);
    }

    /** Texts come in portions; each goes to its own request. */
    @OnEachDatabase
    void longTextsGoToTheirRequests(Stores on) {
        IntStream.range(0, 7).forEach(i -> on.accept(decided("{'id':'rec7-" + i + "','project':'rec7','prompt':'"
                + (char) ('a' + i) + "x".repeat(i % 2 == 0 ? 2_800_000 : 10) + "'}", i != 3, Source.RULE, "why", NOON)));
        List<Recorded> read = read(on, "rec7");

        assertThat(read).extracting(one -> one.request().prompt().isEmpty() ? '-' : one.request().prompt().charAt(0))
                .containsExactly('a', 'b', 'c', '-', 'e', 'f', 'g');
        assertThat(read.get(4).request().prompt()).hasSize(2_800_001);
    }

    @OnEachDatabase
    void whatWasSpentBeforeAMomentIsOfItsDayAndMonth(Stores on) {
        ZonedDateTime[] moments = {NOON.minusMonths(1), NOON.minusDays(20), NOON.minusHours(2), NOON.minusSeconds(1), NOON,
                NOON.plusHours(1)};
        for (int i = 0; i < moments.length; i++) {
            on.settle(Stores.answered(on.accept(decided("{'id':'rec8-" + i + "','project':'rec8','prompt':'x'}", false,
                    Source.RULE, "why", moments[i])), 1000));
        }
        Records records = new Records(on.jdbc);
        LocalDate day = NOON.toLocalDate();

        Records.Before before = records.spentBefore("rec8", day, START);
        assertThat(before.ofDay()).isEqualByComparingTo("0.001002");
        assertThat(before.ofMonth()).isEqualByComparingTo("0.001503");
        assertThat(records.spentBefore("nobody", day, START).ofMonth()).isZero();
    }
}
