package conduit.api;

import conduit.bandit.Context;
import conduit.evaluation.DoublyRobust;
import conduit.evaluation.Evaluation;
import conduit.evaluation.Logged;
import conduit.evaluation.Target;
import conduit.json.Json;
import conduit.ledger.BanditRecord;
import conduit.ledger.BanditRecord.Judged;
import conduit.ledger.Records.Range;
import conduit.model.Catalogue;
import conduit.problem.Problem;
import conduit.routing.Decision;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the record says of other policies than the one that chose. */
public final class BanditApi {

    /** A report holds so many in memory; beyond, the newest count. */
    private static final int MOST = 50_000;
    private static final int DEFAULT_DAYS = 30;
    private static final String NOTE = "Judged on answers that somebody judged: if others are another kind of request, theirs may "
            + "differ. An implicit guess counts for nothing here.";

    private final BanditRecord record;
    private final Catalogue catalogue;
    private final Clock clock;
    private final Alone alone = new Alone();

    /** @param clock in Conduit's zone */
    public BanditApi(BanditRecord record, Catalogue catalogue, Clock clock) {
        this.record = record;
        this.catalogue = catalogue;
        this.clock = clock;
    }

    /** {@code GET /v1/bandit/evaluation?policy=…}, one at a time. */
    public Result handle(Call call) {
        if (call.is("GET", "bandit", "evaluation")) {
            call.checkQuery("policy", "from", "to", "project");
            return Result.ok(alone.run("evaluation", () -> evaluation(call.query())));
        }
        throw call.unknown("GET /v1/bandit/evaluation?policy=…");
    }

    private Map<String, Object> evaluation(Map<String, String> query) {
        Target target = target(query.get("policy"));
        Instant to = query.containsKey("to") ? Moments.read("to", query.get("to"), true, clock.getZone())
                : clock.instant().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        Instant from = query.containsKey("from") ? Moments.read("from", query.get("from"), false, clock.getZone())
                : to.atZone(clock.getZone()).minusDays(DEFAULT_DAYS).toInstant();
        if (from.isAfter(to)) {
            throw Problem.field("from", "from (" + from + ") is after to (" + to + ").").asException();
        }
        List<Judged> judged = record.judged(new Range(from, to, query.get("project")), MOST);
        List<Logged> usable = new ArrayList<>();
        judged.stream().map(BanditApi::logged).filter(java.util.Objects::nonNull).forEach(usable::add);
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("policy", query.get("policy").strip());
        map.put("from", from);
        map.put("to", to);
        map.put("project", query.get("project"));
        map.put("judged", judged.size());
        try {
            map.putAll(told(DoublyRobust.evaluate(usable, target)));
        } catch (IllegalArgumentException e) {
            map.put("records", 0);
            map.put("warnings", List.of("Nothing can be told: " + e.getMessage() + " from " + from + " to " + to + "."));
        }
        map.put("unusable", judged.size() - usable.size());
        map.put("cutOff", judged.size() == MOST);
        map.put("note", NOTE);
        return map;
    }

    private static Map<String, Object> told(Evaluation evaluation) {
        Map<String, Object> map = new LinkedHashMap<>();
        Json.node(evaluation).properties().forEach(member -> map.put(member.getKey(), member.getValue()));
        return map;
    }

    private Target target(String policy) {
        try {
            return Target.parse(policy, catalogue.ids(), catalogue.baseline().id());
        } catch (IllegalArgumentException e) {
            throw Problem.field("policy", (policy == null ? "policy is missing" : "policy is \"" + policy + "\"") + ": "
                    + e.getMessage() + ".").asException();
        }
    }

    /** Null where the record does not say enough: of a former version, or moved to another model to fit into a limit. */
    private static Logged logged(Judged judged) {
        Decision decision = judged.decision();
        boolean known = decision.sampling() != null && judged.costUsd() != null && decision.degradedFrom() == null
                && decision.candidates().stream().anyMatch(c -> c.model().equals(decision.model()) && c.propensity() > 0);
        return !known ? null : new Logged(new Context(decision.category(), decision.sampling().lengthBucket()),
                decision.candidates(), decision.sampling().terms(), decision.model(), judged.reward(),
                judged.costUsd().doubleValue());
    }
}
