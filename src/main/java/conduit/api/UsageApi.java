package conduit.api;

import conduit.bandit.ModelState;
import conduit.export.UsageExport;
import conduit.ledger.ModelStates;
import conduit.ledger.UsageReport.Question;
import conduit.ledger.UsageReport;
import conduit.model.Catalogue;
import conduit.model.Model;
import conduit.project.ProjectStore;

import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What was used and spent, and what is believed of the models. */
public record UsageApi(UsageReport report, ProjectStore projects, Catalogue catalogue, ModelStates states,
                       UsageExport exports, Clock clock) {

    private static final int DEFAULT_DAYS = 30;

    public Result handle(Call call) {
        if (call.is("GET", "usage")) {
            call.checkQuery("project", "from", "to", "groupBy");
            LocalDate to = call.day("to", LocalDate.now(clock));
            Question question = new Question(call.query().get("project"),
                    call.day("from", to.minusDays(DEFAULT_DAYS)), to,
                    Question.groups(call.query().get("groupBy")));
            if (question.project() != null) {
                projects.require(question.project());
            }
            return Result.ok(report.answer(question));
        }
        if (call.is("GET", "models")) {
            return Result.ok(Map.of("models", models()));
        }
        if (call.is("GET", "exports")) {
            return Result.ok(Map.of("exports", exports.written()));
        }
        throw call.unknown("GET /v1/usage, GET /v1/models, GET /v1/exports");
    }

    private List<Map<String, Object>> models() {
        Map<String, ModelState> known = states.read().stream()
                .collect(Collectors.toMap(ModelState::model, Function.identity()));
        return catalogue.all().stream().map(model -> model(model, known.get(model.id()))).toList();
    }

    private Map<String, Object> model(Model model, ModelState state) {
        var posterior = state.posterior();
        Map<String, Object> belief = new LinkedHashMap<>();
        belief.put("category", "all");
        belief.put("lengthBucket", "all");
        belief.put("alpha", posterior.alpha());
        belief.put("beta", posterior.beta());
        belief.put("mean", posterior.mean());
        belief.put("low", posterior.quantile(0.025));
        belief.put("high", posterior.quantile(0.975));
        belief.put("observations", posterior.observations());
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", model.id());
        map.put("prices", model.prices());
        map.put("maxOutput", model.maxOutput());
        map.put("auto", model.auto());
        map.put("baseline", model.id().equals(catalogue.baseline().id()));
        map.put("default", model.id().equals(catalogue.byDefault().id()));
        map.put("posteriors", List.of(belief));
        return map;
    }
}
