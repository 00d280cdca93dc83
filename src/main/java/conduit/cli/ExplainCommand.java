package conduit.cli;

import conduit.json.Json;
import conduit.model.Catalogue;
import conduit.rules.LooseRules;
import conduit.rules.condition.Failure;
import conduit.rules.engine.ReadRules;
import conduit.rules.engine.Rule;
import conduit.rules.engine.RuleSet;
import conduit.rules.engine.RuleTrace;
import conduit.rules.fact.Request;
import conduit.rules.text.RuleProblem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** Decides one request with rule files alone and says why. */
@Command(name = "explain", customSynopsis = {
        "java -jar conduit.jar rules explain [OPTIONS] FILE… REQUEST.json",
        "       java -jar conduit.jar rules explain [OPTIONS] FILE… -",
        "       java -jar conduit.jar rules explain [OPTIONS] FILE… --prompt TEXT"}, descriptionHeading = "%n", parameterListHeading = "%n", optionListHeading = "%n",
        footerHeading = "%n", description = {
        "Decides one request with rule files alone, and says why.", "It tells what each rule had to do with it, in the order in "
        + "which rules are tried: \"decided\", \"took part\", \"not asked\" (it holds, but an earlier one decided), "
        + "\"did not match\" with the first condition that does not hold, or \"not enabled\"."}, footer = {
        "Examples:", "  java -jar target/conduit.jar rules explain rules --prompt \"Please check this contract\"",
        "  java -jar target/conduit.jar rules explain rules/routing.drl request.json --at 2026-11-21T03:00 --spent-today 21",
        "  echo '{\"prompt\":\"Hi\",\"flags\":[\"urgent\"]}' | java -jar target/conduit.jar rules explain rules -", "",
        "A model that the request asks for is not looked at: these are the rules' words alone.",
        "Exit status: 0 done, 1 a rule file has problems or took too long, 2 wrong use.",
        "--json prints {ok, outcome, model, rule, reason, among, category, rules[{file, line, rule, role, failed}]}."})
final class ExplainCommand implements Callable<Integer> {

    private final World world;

    @Mixin
    private Common common;

    @Mixin
    private Common.Models models;

    @Mixin
    private Asked asked;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Rule files, or a folder: all rule files in it; and "
            + "behind them a request as JSON (the body of POST /v1/route), or - for standard input, unless there is a "
            + "--prompt.")
    private List<String> words;

    ExplainCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        List<String> files = words;
        String file = null;
        if (asked.isInFile()) {
            file = words.get(words.size() - 1);
            files = words.subList(0, words.size() - 1);
            if (files.isEmpty() || LooseRules.isPart(file)) {
                throw new Misuse("\"rules explain\" needs FILE and, behind it, a request: REQUEST.json, - or --prompt "
                        + "TEXT. Try rules explain --help.");
            }
        }
        Catalogue catalogue = models.read(world.keys());
        Request request = asked.read(file, world, catalogue);
        Map<String, Shelf> shelves = new TreeMap<>();
        for (Shelf shelf : Shelf.of(files, catalogue)) {
            for (String name : shelf.files()) {
                Shelf other = shelves.put(name, shelf);
                if (other != null) {
                    throw new Misuse(other.shown(name) + " and " + shelf.shown(name) + " have one name, and a rule folder "
                            + "can't hold both. Name one of them.");
                }
            }
        }
        List<Rule> rules = new ArrayList<>();
        List<RuleProblem> problems = new ArrayList<>();
        shelves.forEach((name, shelf) -> {
            ReadRules read = shelf.rules().read(name);
            rules.addAll(read.rules());
            read.problems().stream().map(shelf::shown).forEach(problems::add);
        });
        return problems.isEmpty() ? tell(LooseRules.compile(rules), request, shelves) : refuse(problems);
    }

    private int refuse(List<RuleProblem> problems) {
        if (common.json()) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("ok", false);
            map.put("problems", problems);
            world.out().print(Json.pretty(map));
        } else {
            problems.forEach(world::say);
        }
        world.note("not ok: " + Count.of(problems.size(), "problem") + ", so nothing is decided");
        return 1;
    }

    private int tell(RuleSet set, Request request, Map<String, Shelf> shelves) {
        Answer answer = Answer.of(set.decide(request));
        boolean ok = !answer.outcome().equals("gave up");
        List<RuleTrace> traces = (ok ? set.explain(request) : List.<RuleTrace>of()).stream().map(t -> new RuleTrace(
                shelves.get(t.file()).shown(t.file()), t.line(), t.rule(), t.role(), t.failed())).toList();
        if (common.json()) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("ok", ok);
            Json.node(answer).fields().forEachRemaining(field -> map.put(field.getKey(), field.getValue()));
            map.put("rules", traces);
            world.out().print(Json.pretty(map));
        } else {
            world.say(answer.told());
            if (answer.category() != null) {
                world.say("Its category is " + answer.category() + ".");
            }
            if (answer.outcome().equals("no rule")) {
                world.say("A model that the request asks for answers; else one that Conduit draws"
                        + (answer.among() == null ? "." : " among " + String.join(", ", answer.among()) + "."));
            }
            world.out().println();
            traces.forEach(trace -> world.say(line(trace)));
        }
        return ok ? 0 : 1;
    }

    private static String line(RuleTrace trace) {
        return String.format("%-13s  %s:%d  \"%s\"", trace.role(), trace.file(), trace.line(), trace.rule())
                + (trace.failed() == null ? "" : ": " + why(trace.failed()));
    }

    /** Such as {@code hour < 6, but hour is 9}. */
    private static String why(Failure failed) {
        return failed.condition() + (failed.facts().isEmpty() ? "" : ", but " + failed.facts().entrySet().stream()
                .map(fact -> fact.getKey() + " is " + (fact.getValue() == null ? "left out"
                        : Json.write(fact.getValue()))).collect(Collectors.joining(", ")));
    }
}
