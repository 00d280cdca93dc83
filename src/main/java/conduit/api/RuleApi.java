package conduit.api;

import conduit.json.Fields;
import conduit.json.Json;
import conduit.problem.Kind;
import conduit.problem.Problem;
import conduit.problem.ProblemException;
import conduit.rules.RuleBook;
import conduit.rules.form.RuleProblem;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rules that serve, the files that they come from, and a check of a text before it is saved. */
public record RuleApi(RuleBook rules) {

    public Result handle(Call call) throws IOException {
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
        if (call.is("GET", "rules", "*")) {
            return Result.text(rules.text(call.segment(1)).orElseThrow(() -> missing(call)));
        }
        if (call.is("PUT", "rules", "*")) {
            List<RuleProblem> problems = rules.put(call.segment(1), call.body());
            if (!problems.isEmpty()) {
                throw Problem.of(Kind.BAD_RULES, problems.get(0).toString()).with("problems", problems).asException();
            }
            return Result.ok(Map.of("file", call.segment(1), "version", rules.serving().version()));
        }
        if (call.is("DELETE", "rules", "*")) {
            if (!rules.delete(call.segment(1))) {
                throw missing(call);
            }
            return Result.ok(Map.of("file", call.segment(1), "version", rules.serving().version()));
        }
        throw call.unknown("GET /v1/rules, GET, PUT and DELETE /v1/rules/{file}, POST /v1/rules/check");
    }

    private static ProblemException missing(Call call) {
        return Problem.of(Kind.NOT_FOUND, "There is no rule file \"" + call.segment(1) + "\".").asException();
    }
}
