package conduit.api;

import conduit.json.Fields;
import conduit.json.Json;
import conduit.rules.RuleBook;
import conduit.rules.RuleProblem;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rules that serve, and a check of a text before it is saved. */
public record RuleApi(RuleBook rules) {

    public Result handle(Call call) {
        if (call.is("GET", "rules")) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("version", rules.serving().version());
            map.put("rules", rules.serving().rules());
            map.put("problems", rules.problems().values().stream().flatMap(List::stream).toList());
            return Result.ok(map);
        }
        if (call.is("POST", "rules", "check")) {
            Fields in = Fields.of(Json.object(call.body()));
            if (!in.has("content")) {
                throw in.wrong("content", "the text of a rule file");
            }
            String file = in.has("file") ? in.text("file") : "check.drl";
            List<RuleProblem> problems = rules.check(file, in.text("content"));
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("ok", problems.isEmpty());
            map.put("problems", problems);
            map.put("warnings", List.of());
            return Result.ok(map);
        }
        throw call.unknown("GET /v1/rules, POST /v1/rules/check");
    }
}
