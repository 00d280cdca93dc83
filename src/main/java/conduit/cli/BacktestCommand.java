package conduit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import conduit.json.Json;
import conduit.problem.ProblemException;
import conduit.rules.cases.CaseTable;
import conduit.rules.text.RuleProblem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Tells what other rules would have done with what is on record. */
@Command(name = "backtest", descriptionHeading = "%n", parameterListHeading = "%n", optionListHeading = "%n",
        footerHeading = "%n", description = {"Tells what rule files would have done with the requests on record.",
        "Which would have gone elsewhere, and what would that have cost? The files stand in for the files of the same name "
        + "that serve, and beside the others. Nothing is sent to a model and nothing is changed. It asks the server "
        + "that runs; where none runs, the database itself."}, footer = { "Examples:",
        "  java -jar target/conduit.jar rules backtest rules/routing.drl",
        "  java -jar target/conduit.jar rules backtest draft/routing.drl --from 2026-11-01 --to 2026-11-21",
        "  java -jar target/conduit.jar rules backtest draft --project shop --json", "",
        "Exit status: 0 done, 1 a rule file has problems or the backtest can't be run, 2 wrong use.",
        "--json prints the answer of POST /v1/rules/backtest; with problems: {ok: false, problems[]}."})
final class BacktestCommand implements Callable<Integer> {

    private static final int SHOWN_CHANGES = 10;
    private static final int MOST_CHANGES = 100_000;

    private final World world;

    @Mixin
    private Common common;

    @Option(names = "--from", paramLabel = "DAY", description = "The first day, such as 2026-11-01, or a moment. A week "
            + "before the end, if it is left out.")
    private String from;

    @Option(names = "--to", paramLabel = "DAY", description = "The last day, or a moment. Now, if it is left out.")
    private String to;

    @Option(names = "--project", paramLabel = "P", description = "Only the requests of this project.")
    private String project;

    @Option(names = "--changes", paramLabel = "N", description = "How many changed requests to list, 0 to 100000: 10, "
            + "with --json 1000, if it is left out.")
    private String changes;

    @Option(names = "--url", paramLabel = "URL", description = "Where the server listens; the database is not tried "
            + "then. By default what conduit.http.host and conduit.http.port say.")
    private String url;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Rule files, or a folder: all rule files in it; "
            + "dictionaries beside them are used, examples (.cases.csv) are not tried.")
    private List<String> words;

    BacktestCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        Map<String, String> shown = new HashMap<>();
        ObjectNode body = body(shown);
        try (Backtests backtests = open()) {
            Backtests.Answer answer = new Watched(backtests::progress, "request", world)
                    .await(() -> backtests.run(Json.write(body)));
            return answer.status() == 200 ? tell(object(answer)) : refuse(answer, shown);
        }
    }

    /** @param shown gets the files as the user wrote them, by name */
    private ObjectNode body(Map<String, String> shown) {
        ObjectNode body = Json.newObject();
        ArrayNode files = body.putArray("files");
        for (Shelf shelf : Shelf.of(words, null)) {
            Map<String, String> parts = new HashMap<>();
            shelf.files().forEach(file -> parts.putAll(shelf.rules().parts(file)));
            // Examples say what the rules do today; other rules are tried because they do something else.
            parts.keySet().removeIf(name -> name.endsWith(CaseTable.END));
            parts.forEach((name, text) -> {
                String other = shown.put(name, shelf.shown(name));
                if (other != null) {
                    throw new Misuse(other + " and " + shelf.shown(name) + " have one name, and a rule folder can't hold "
                            + "both. Name one of them.");
                }
                files.addObject().put("file", name).put("content", name.endsWith(".xlsx") ? Base64.getEncoder()
                        .encodeToString(text.getBytes(StandardCharsets.ISO_8859_1)) : text);
            });
        }
        body.put("from", from).put("to", to).put("project", project);
        if (changes != null || !common.json()) {
            body.put("changes", changes == null ? SHOWN_CHANGES : changes());
        }
        return body;
    }

    private int changes() {
        try {
            int number = Integer.parseInt(changes);
            if (number >= 0 && number <= MOST_CHANGES) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw new Misuse("--changes is \"" + changes + "\"; it must be a whole number from 0 to " + MOST_CHANGES + ".");
    }

    private Backtests open() {
        if (url != null) {
            return ServerBacktests.at(url).orElseThrow(() -> new Unable("No server answers at " + url + ". Start it, or "
                    + "leave --url out for the database itself."));
        }
        return ServerBacktests.at(Loopback.url(world.keys())).orElseGet(() -> {
            world.note("No server answers, so the database itself is asked.");
            return world.database().get();
        });
    }

    private int tell(ObjectNode report) {
        if (common.json()) {
            world.out().print(Json.pretty(report));
        } else {
            new BacktestReport(report).lines().forEach(world::say);
        }
        return 0;
    }

    private int refuse(Backtests.Answer answer, Map<String, String> shown) {
        ObjectNode problem = object(answer);
        if (!problem.path("problems").isArray()) {
            String detail = problem.path("detail").asText("the answer has status " + answer.status());
            if (answer.status() == 400 || problem.path("type").asText().endsWith(":not-found") && project != null) {
                throw new Misuse(detail);
            }
            throw new Unable(detail);
        }
        List<RuleProblem> problems = new ArrayList<>();
        for (JsonNode one : problem.path("problems")) {
            String file = one.path("file").asText();
            problems.add(new RuleProblem(shown.getOrDefault(file, file), one.path("line").asInt(),
                    one.path("rule").textValue(), one.path("message").asText(), one.path("fix").asText()));
        }
        if (common.json()) {
            ObjectNode map = Json.newObject().put("ok", false);
            problems.forEach(p -> map.withArray("problems").add(Json.node(p)));
            world.out().print(Json.pretty(map));
        } else {
            problems.forEach(world::say);
        }
        world.note("not ok: " + Count.of(problems.size(), "problem") + ", so nothing was tried");
        return 1;
    }

    private static ObjectNode object(Backtests.Answer answer) {
        try {
            return Json.object(answer.json());
        } catch (ProblemException e) {
            throw new Unable("What answers there is no Conduit that knows backtests (status " + answer.status()
                    + "). Say with --url where Conduit listens.");
        }
    }
}
