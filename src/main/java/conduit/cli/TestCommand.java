package conduit.cli;

import conduit.json.Json;
import conduit.rules.LooseRules;
import conduit.rules.cases.CaseResult;
import conduit.rules.cases.CaseTable;
import conduit.rules.engine.ReadRules;
import conduit.rules.text.RuleProblem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;

/** Asks a rule file its cases. */
@Command(name = "test", descriptionHeading = "%n", parameterListHeading = "%n", optionListHeading = "%n",
        footerHeading = "%n", description = {"Asks a rule file the cases of a table.",
        "A case is a row: a request, and the model and the rule that are expected. It tells the rows that come out "
        + "otherwise, and how many pass."}, footer = {"Examples:",
        "  java -jar target/conduit.jar rules test rules/routing.drl",
        "  java -jar target/conduit.jar rules test rules/routing.drl more-cases.csv", "",
        "Exit status: 0 all pass, 1 one fails, or there are none, 2 wrong use.",
        "--json prints {ok, passed, total, problems[], cases[{line, remark, expectedModel, expectedRule, "
        + "actualModel, actualRule, ok, failure}]}."})
final class TestCommand implements Callable<Integer> {

    private final World world;

    @Mixin
    private Common common;

    @Mixin
    private Common.Models models;

    @Parameters(index = "0", paramLabel = "FILE", description = "A rule file.")
    private String word;

    @Parameters(index = "1", arity = "0..1", paramLabel = "CASES.csv",
            description = "A table of cases, in place of the one beside the file (routing.cases.csv beside routing.drl).")
    private String table;

    TestCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        if (Files.isDirectory(Shelf.path(word))) {
            throw new Misuse(word + " is a folder; name one rule file of it. \"rules check " + word
                    + "\" runs the cases of all.");
        }
        Shelf shelf = Shelf.of(List.of(word), models.read(world.keys())).get(0);
        String file = shelf.files().first();
        ReadRules read = shelf.rules().read(file);
        List<RuleProblem> problems = new ArrayList<>(read.problems().stream().map(shelf::shown).toList());
        Path given = table == null ? null : Shelf.path(table);
        String shown = given == null ? shelf.shown(LooseRules.casesName(file)) : table;
        Optional<CaseTable> cases = given == null ? shelf.rules().cases(file)
                : Files.isRegularFile(given) ? LooseRules.casesIn(given) : Optional.empty();
        UnaryOperator<RuleProblem> placed = p -> new RuleProblem(shown, p.line(), p.rule(), p.message(), p.fix());
        if (cases.isEmpty()) {
            problems.add(new RuleProblem(shown, 0, null, "There is no such table of cases, so nothing is tested.",
                    "Write one: rules/README.md tells how."));
        }
        cases.ifPresent(t -> t.problems().stream().map(placed).forEach(problems::add));
        List<CaseResult> results = cases.isEmpty() || !read.problems().isEmpty() ? List.of()
                : cases.get().run(LooseRules.compile(read.rules()));
        return tell(problems, results, cases.map(t -> t.cases().size()).orElse(0), placed);
    }

    private int tell(List<RuleProblem> problems, List<CaseResult> results, int total,
                     UnaryOperator<RuleProblem> placed) {
        long passed = results.stream().filter(CaseResult::ok).count();
        boolean ok = problems.isEmpty() && total > 0 && passed == total;
        if (common.json()) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("ok", ok);
            map.put("passed", passed);
            map.put("total", total);
            map.put("problems", problems);
            map.put("cases", results.stream().map(r -> json(r, placed)).toList());
            world.out().print(Json.pretty(map));
        } else {
            problems.forEach(world::say);
            results.stream().filter(r -> !r.ok()).map(r -> placed.apply(r.failure())).forEach(world::say);
            world.say(passed + " of " + Count.of(total, "case") + (total == 1 ? " passes" : " pass"));
        }
        return ok ? 0 : 1;
    }

    private static Map<String, Object> json(CaseResult result, UnaryOperator<RuleProblem> placed) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("line", result.line());
        map.put("remark", result.remark());
        map.put("expectedModel", result.expectedModel());
        map.put("expectedRule", result.expectedRule());
        map.put("actualModel", result.actualModel());
        map.put("actualRule", result.actualRule());
        map.put("ok", result.ok());
        map.put("failure", result.ok() ? null : placed.apply(result.failure()));
        return map;
    }
}
