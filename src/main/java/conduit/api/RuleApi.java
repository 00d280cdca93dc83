package conduit.api;

import conduit.json.Fields;
import conduit.json.Json;
import conduit.problem.Kind;
import conduit.problem.Problem;
import conduit.problem.ProblemException;
import conduit.rules.RuleBook;
import conduit.rules.RuleCheck;
import conduit.rules.text.RuleProblem;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rules that serve, the files that they come from, and a check or a backtest of a text before it is saved. */
public record RuleApi(RuleBook rules, BacktestApi backtest) {

    public Result handle(Call call) throws IOException {
        if (call.is("GET", "rules", "backtest") || call.is("POST", "rules", "backtest")) {
            return backtest.handle(call);
        }
        if (call.is("GET", "rules")) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("version", rules.serving().version());
            map.put("rules", rules.serving().rules());
            map.put("problems", rules.problems().values().stream().flatMap(List::stream).toList());
            map.put("warnings", rules.warnings());
            map.put("overtimes", rules.overtimes().told());
            return Result.ok(map);
        }
        if (call.is("POST", "rules", "check")) {
            Fields in = Fields.of(Json.object(call.body()));
            String file = in.has("file") ? in.text("file") : "check.drl";
            RuleCheck check = rules.check(file, RuleContent.of(file, in));
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("ok", check.ok());
            map.put("problems", check.problems());
            map.put("warnings", check.warnings());
            return Result.ok(map);
        }
        if (call.is("GET", "rules", "*")) {
            String content = rules.text(call.segment(1)).orElseThrow(() -> missing(call));
            return call.segment(1).endsWith(".xlsx") ? Result.workbook(content) : Result.text(content);
        }
        if (call.is("PUT", "rules", "*")) {
            RuleCheck check = rules.put(call.segment(1), call.body());
            if (!check.ok()) {
                throw bad(check.problems());
            }
            return Result.ok(Map.of("file", call.segment(1), "version", rules.serving().version(), "warnings",
                    check.warnings()));
        }
        if (call.is("DELETE", "rules", "*")) {
            RuleCheck check = rules.delete(call.segment(1)).orElseThrow(() -> missing(call));
            if (!check.ok()) {
                throw bad(check.problems());
            }
            return Result.ok(Map.of("file", call.segment(1), "version", rules.serving().version()));
        }
        throw call.unknown("GET /v1/rules, GET, PUT and DELETE /v1/rules/{file}, POST /v1/rules/check, "
                + "POST and GET /v1/rules/backtest");
    }

    /** The problem of rule files that can't be used. */
    static ProblemException bad(List<RuleProblem> problems) {
        return Problem.of(Kind.BAD_RULES, problems.get(0).toString()).with("problems", problems).asException();
    }

    private static ProblemException missing(Call call) {
        return Problem.of(Kind.NOT_FOUND, "There is no rule file \"" + call.segment(1) + "\".").asException();
    }
}
