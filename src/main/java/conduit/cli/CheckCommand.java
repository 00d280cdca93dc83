package conduit.cli;

import conduit.json.Json;
import conduit.rules.engine.ReadRules;
import conduit.rules.engine.Rule;
import conduit.rules.text.RuleProblem;
import conduit.rules.warning.RuleWarning;
import conduit.rules.warning.Warnings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Tells what is wrong with rule files. */
@Command(name = "check", descriptionHeading = "%n", parameterListHeading = "%n", optionListHeading = "%n",
        footerHeading = "%n", description = {"Tells what is wrong with rule files.",
        "It prints one line each: file:line, the rule, what is wrong and what to write instead. The dictionaries (.dsl) "
        + "and cases (.cases.csv) beside a file are used, as a server does. Warnings are about rules that are right one "
        + "by one and together may not do what you want."}, footer = {"Examples:",
        "  java -jar target/conduit.jar rules check rules",
        "  java -jar target/conduit.jar rules check rules/routing.drl mine.dslr",
        "  java -jar target/conduit.jar rules check --strict --json rules", "",
        "Exit status: 0 no problem, 1 a problem (with --strict also a warning), 2 wrong use.",
        "--json prints {ok, files[], problems[{file, line, rule, message, fix}], warnings[]}."})
final class CheckCommand implements Callable<Integer> {

    private final World world;

    @Mixin
    private Common common;

    @Mixin
    private Common.Models models;

    @Option(names = "--strict", description = "A warning counts as found wanting, too.")
    private boolean strict;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Rule files, or a folder: all rule files in it.")
    private List<String> words;

    CheckCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        List<String> files = new ArrayList<>();
        List<RuleProblem> problems = new ArrayList<>();
        List<RuleWarning> warnings = new ArrayList<>();
        int count = 0;
        for (Shelf shelf : Shelf.of(words, models.read(world.keys()))) {
            List<Rule> rules = new ArrayList<>();
            for (String file : shelf.files()) {
                files.add(shelf.shown(file));
                ReadRules read = shelf.rules().check(file);
                rules.addAll(read.rules());
                read.problems().forEach(problem -> problems.add(shelf.shown(problem)));
            }
            shelf.strays().forEach(stray -> problems.add(shelf.shown(stray)));
            count += rules.size();
            Warnings.of(rules).forEach(warning -> warnings.add(shelf.shown(warning)));
        }
        boolean ok = problems.isEmpty() && !(strict && !warnings.isEmpty());
        if (common.json()) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("ok", ok);
            map.put("files", files);
            map.put("problems", problems);
            map.put("warnings", warnings);
            world.out().print(Json.pretty(map));
        } else {
            problems.forEach(world::say);
            warnings.forEach(world::say);
        }
        world.note((ok ? "ok: " : "not ok: ") + (problems.isEmpty() ? Count.of(count, "rule") : Count.of(problems.size(),
                "problem")) + " in " + Count.of(files.size(), "file")
                + (warnings.isEmpty() ? "" : ", " + Count.of(warnings.size(), "warning")));
        return ok ? 0 : 1;
    }
}
