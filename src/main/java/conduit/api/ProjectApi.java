package conduit.api;

import conduit.model.Catalogue;
import conduit.model.Model;
import conduit.problem.Kind;
import conduit.problem.Problem;
import conduit.project.Project;
import conduit.project.ProjectJson;
import conduit.project.ProjectParser;
import conduit.project.ProjectStore;
import conduit.rules.ProjectDrl;
import conduit.rules.RuleBook;
import conduit.rules.text.RuleProblem;
import conduit.rules.text.RuleSource;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Projects: list, read, write and test them. */
public record ProjectApi(ProjectStore store, ProjectParser parser, RuleBook rules, Catalogue catalogue) {

    public Result handle(Call call) {
        if (call.is("GET", "projects")) {
            return Result.ok(Map.of("projects", store.all().stream().map(ProjectJson::write).toList()));
        }
        if (call.is("GET", "projects", "*")) {
            return Result.ok(ProjectJson.write(store.require(call.segment(1))));
        }
        if (call.is("PUT", "projects", "*")) {
            return put(call);
        }
        if (call.is("GET", "projects", "*", "rules")) {
            return Result.text(ProjectDrl.write(store.require(call.segment(1))).map(RuleSource::text).orElse(""));
        }
        if (call.is("POST", "projects", "*", "test")) {
            return Result.ok(test(store.require(call.segment(1))));
        }
        throw call.unknown("GET /v1/projects, GET and PUT /v1/projects/{id}, GET "
                + "/v1/projects/{id}/rules, POST /v1/projects/{id}/test");
    }

    private Result put(Call call) {
        Project project = parser.parse(call.segment(1), call.body());
        List<RuleProblem> problems = rules.check(project);
        if (!problems.isEmpty()) {
            throw Problem.of(Kind.BAD_RULES, problems.get(0).toString()).with("field", "routingRules")
                    .with("problems", problems).asException();
        }
        boolean isNew = store.find(project.id()).isEmpty();
        store.put(project);
        rules.forProject(project);
        return new Result(isNew ? 201 : 200, ProjectJson.write(project));
    }

    private Map<String, Object> test(Project project) {
        List<Map<String, Object>> checks = new ArrayList<>();
        Model model = project.defaultModel() == null ? catalogue.byDefault()
                : catalogue.find(project.defaultModel()).orElse(null);
        checks.add(check("default model", model != null, model == null ? project.defaultModel()
                + " is not in the catalogue" : model.id()));
        List<RuleProblem> problems = rules.check(project);
        checks.add(check("routing rules", problems.isEmpty(), problems.isEmpty() ? project.routingRules().size()
                + " rules compile" : problems.get(0).toString()));
        List<String> unknown = project.routingRules().stream().map(r -> r.targetModel())
                .filter(id -> catalogue.find(id).isEmpty()).toList();
        checks.add(check("target models", unknown.isEmpty(), unknown.isEmpty() ? "all are in the catalogue"
                : unknown + " are not in the catalogue"));
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("ok", checks.stream().allMatch(c -> (boolean) c.get("ok")));
        map.put("checks", checks);
        return map;
    }

    private static Map<String, Object> check(String name, boolean ok, String detail) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", name);
        map.put("ok", ok);
        map.put("detail", detail);
        return map;
    }
}
