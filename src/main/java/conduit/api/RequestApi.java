package conduit.api;

import conduit.budget.Budget;
import conduit.feedback.Feedback;
import conduit.feedback.FeedbackStore;
import conduit.json.Json;
import conduit.ledger.Attempts;
import conduit.ledger.Desk;
import conduit.ledger.RequestListing;
import conduit.ledger.RequestState;
import conduit.ledger.Requests;
import conduit.ledger.Spending;
import conduit.ledger.Tried;
import conduit.problem.Kind;
import conduit.problem.Problem;
import conduit.problem.ProblemException;
import conduit.routing.Routed;
import conduit.rules.engine.RuleTrace;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * What became of a request, what one would cost, and what somebody thinks of an answer.
 *
 * @param runs    tells by id and run whether a process was started for it
 * @param explain tells what each rule has to do with a routed request
 */
public record RequestApi(Requests requests, Attempts attempts, RequestListing listing, Spending spending, FeedbackStore feedback,
                         Resolution resolution, Desk desk, BiPredicate<String, Integer> runs,
                         Function<Routed, List<RuleTrace>> explain, Repetition repetition) {

    private static final int LISTED = 100;
    private static final int MOST_LISTED = 1_000;

    private static final Duration BOOKING = Duration.ofSeconds(2);
    private static final Duration GLANCE = Duration.ofMillis(200);

    /** {@code GET /v1/requests}, {@code GET /v1/requests/{id}} and its {@code /repeat}, {@code POST …/resolve}. */
    public Result handle(Call call) throws InterruptedException {
        if (call.is("GET", "requests")) {
            return list(call);
        }
        if (call.is("GET", "requests", "*")) {
            return find(call);
        }
        if (call.is("GET", "requests", "*", "repeat")) {
            return Result.ok(repetition.of(call.segment(1)));
        }
        if (call.is("POST", "requests", "*", "resolve")) {
            resolution.resolve(call.segment(1), call.body());
            return find(call);
        }
        throw call.unknown("GET /v1/requests?state=…, GET /v1/requests/{id}, GET /v1/requests/{id}/repeat, "
                + "POST /v1/requests/{id}/resolve");
    }

    /** What has a process is {@code running}, which the ledger calls accepted. */
    private Result list(Call call) {
        call.checkQuery("state", "project", "limit");
        String asked = call.query().get("state");
        boolean running = "running".equals(asked);
        List<Map<String, Object>> rows = listing.of(new RequestListing.Question(RequestListing.Question.state(
                running ? RequestState.ACCEPTED.text() : asked), call.query().get("project"),
                call.count("limit", LISTED, MOST_LISTED)));
        rows.stream().filter(row -> row.get("state").equals(RequestState.ACCEPTED.text())
                && runs.test((String) row.get("id"), (Integer) row.get("run"))).forEach(row -> row.put("state", "running"));
        return Result.ok(Map.of("requests", rows.stream().filter(row -> asked == null || row.get("state").equals(asked))
                .toList(), "unknown", listing.unknown()));
    }

    /** {@code POST /v1/route}: the decision, the estimate and the budget, and what would block it; nothing runs. */
    public Result preview(Routed routed) {
        Spending.Sums sums = spending.of(routed.project().id(), routed.at().toLocalDate());
        Map<String, Object> map = new LinkedHashMap<>();
        try {
            Routed fits = Budget.fit(routed, sums);
            map.put("decision", fits.decision());
            map.put("estimate", fits.estimate());
        } catch (ProblemException e) {
            map.put("decision", routed.decision());
            map.put("estimate", routed.estimate());
            map.put("blocked", e.problem().toMap());
        }
        map.put("budget", Budget.show(routed.project(), sums, routed.at()));
        map.put("rules", explain.apply(routed));
        return Result.ok(map);
    }

    private Result find(Call call) throws InterruptedException {
        desk.awaitBooking(call.segment(1), GLANCE);
        Requests.Stored stored = requests.find(call.segment(1)).orElseThrow(() -> Problem.of(Kind.NOT_FOUND,
                "There is no request \"" + call.segment(1) + "\".").asException());
        boolean running = stored.state() == RequestState.ACCEPTED && runs.test(stored.id(), stored.run());
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", stored.id());
        map.put("project", stored.project());
        map.put("state", running ? "running" : stored.state().text());
        map.put("run", stored.run());
        map.put("createdAt", stored.createdAt());
        requests.decision(stored.id(), stored.run()).ifPresent(decision -> map.put("decision", decision));
        List<Tried> tried = attempts.of(stored.id(), stored.run());
        if (!tried.isEmpty()) {
            map.put("attempts", tried.stream().map(Tried::toMap).toList());
        }
        if (stored.answer() != null) {
            var answer = Json.tree(stored.answer());
            map.put("usage", answer.path("usage"));
            map.put("response", answer);
        }
        if (stored.cost() != null) {
            map.put("costUsd", stored.cost());
        }
        if (stored.problem() != null) {
            map.put("problem", Json.tree(stored.problem()));
        }
        return Result.ok(map);
    }

    /** {@code POST /v1/feedback}. */
    public Result feedback(Call call) throws InterruptedException {
        Feedback given = Feedback.parse(call.body());
        desk.awaitBooking(given.requestId(), BOOKING);
        String model = feedback.take(given);
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("requestId", given.requestId());
        map.put("model", model);
        map.put("reward", given.reward());
        return new Result(202, map);
    }
}
