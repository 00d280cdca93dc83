package conduit.cli;

import conduit.json.Json;
import conduit.json.Nearest;
import conduit.replay.PriceList;
import conduit.replay.Recording;
import conduit.replay.RecordingFile;
import conduit.replay.Replay;
import conduit.replay.Result;
import conduit.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** Tries policies on recorded outcomes. */
@Command(name = "replay", descriptionHeading = "%n", parameterListHeading = "%n", optionListHeading = "%n",
        footerHeading = "%n", description = {"Tries policies on a file of recorded outcomes: what would each have cost, and how "
        + "often would it have been right?", "Nothing is sent to a model, and neither a server nor a database is needed. The "
        + "same words give the same figures."}, footer = {"Examples:",
        "  java -jar target/conduit.jar bandit replay outcomes.csv",
        "  java -jar target/conduit.jar bandit replay outcomes.csv --prices P25 --runs 50 --policy sampler,cheapest,oracle",
        "", "FILE.csv has a row a query and model: query_id,category,prompt_tokens,model,correct,cost_usd,output_tokens,"
        + "latency_s. The model that is named last is the baseline.",
        "Policies: sampler (as Conduit chooses), guarantee (holds --min-quality), context-free (takes all requests to be of "
        + "one kind), composite (mixes quality, dollars and seconds in one reward), cheapest, largest (the baseline), random, "
        + "oracle (knows each answer beforehand).", "",
        "Exit status: 0 done, 2 wrong use, or a file that is not such a recording.",
        "--json prints {file, prices, requests, runs, baseline, policies[{name, lambda, costCut, costCutLow, costCutHigh, "
        + "qualityRatio, qualityLow, qualityHigh, shareAbove98}]}; cuts and ratios are parts of the baseline's."})
final class ReplayCommand implements Callable<Integer> {

    private static final int MOST_REQUESTS = 10_000_000;
    private static final int MOST_RUNS = 100_000;

    private final World world;

    @Mixin
    private Common common;

    @Option(names = "--prices", paramLabel = "LIST", description = "P24, P25 or P26: costs by the list prices of that year. "
            + "The recorded costs, if it is left out.")
    private String prices;

    @Option(names = "--requests", paramLabel = "N", description = "Requests in each run, drawn with replacement: 10000, if it is "
            + "left out.")
    private String requests;

    @Option(names = "--runs", paramLabel = "R", description = "Runs of each policy: 200, if it is left out.")
    private String runs;

    @Option(names = "--seed", paramLabel = "S", description = "Of the first run; the others count up from it: 1, if it is left "
            + "out.")
    private String seed;

    @Option(names = "--lambda", paramLabel = "L", description = "How much quality (0 to 1) a typical request's cost is worth: as "
            + "conduit.bandit.lambda says, if it is left out.")
    private String lambda;

    @Option(names = "--min-quality", paramLabel = "Q", description = "The part of the baseline's quality that \"guarantee\" "
            + "holds: 0.98, if it is left out.")
    private String minQuality;

    @Option(names = "--labels", paramLabel = "SHARE", description = "The share of answers that somebody judges: 1, if it is left "
            + "out.")
    private String labels;

    @Option(names = "--warm", paramLabel = "N", description = "Judged answers of models chosen by lot that a learner sees before "
            + "the first request: 0, if it is left out.")
    private String warm;

    @Option(names = "--policy", paramLabel = "A,B", description = "Only these policies.")
    private String policies;

    @Parameters(paramLabel = "FILE.csv", description = "Recorded outcomes.")
    private String file;

    ReplayCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        PriceList list = prices();
        Replay.Setting setting = setting();
        Recording recording = read(list);
        List<String> names = names(Replay.names(recording, setting));
        ReplayProgress progress = new ReplayProgress(world, names);
        List<Result> results;
        try {
            results = Replay.run(recording, setting, names, progress);
        } finally {
            progress.end();
        }
        ReplayReport report = new ReplayReport(file, list == null ? null : list.name(), setting, recording.baselineModel(),
                results);
        if (common.json()) {
            world.out().print(Json.pretty(report.json()));
        } else {
            report.lines().forEach(world.out()::println);
        }
        return 0;
    }

    private PriceList prices() {
        if (prices == null) {
            return null;
        }
        return Arrays.stream(PriceList.values()).filter(p -> p.name().equals(prices)).findFirst().orElseThrow(() ->
                new Misuse("--prices is \"" + prices + "\"; it must be one of " + Arrays.stream(PriceList.values())
                        .map(PriceList::name).collect(Collectors.joining(", ")) + ", or left out for the recorded costs."));
    }

    private Replay.Setting setting() {
        Settings.Bandit defaults = Settings.Bandit.read(world.keys());
        return new Replay.Setting((int) Range.whole("--requests", requests, 10_000, 1, MOST_REQUESTS),
                (int) Range.whole("--runs", runs, 200, 1, MOST_RUNS),
                Range.whole("--seed", seed, 1, 0, Long.MAX_VALUE - MOST_RUNS),
                Range.decimal("--labels", labels, 1, 0, 1), (int) Range.whole("--warm", warm, 0, 0, MOST_REQUESTS),
                Range.decimal("--min-quality", minQuality, 0.98, 0, 1), defaults.tuning(),
                defaults.terms().at(Range.decimal("--lambda", lambda, defaults.terms().lambda(), 0, 10)));
    }

    private Recording read(PriceList list) {
        if (Files.isDirectory(Shelf.path(file))) {
            throw new Misuse(file + " is a folder; name a file of recorded outcomes.");
        }
        if (!Files.exists(Shelf.path(file))) {
            throw new Misuse(file + " is not there. Name a file of recorded outcomes; bandit replay --help tells its columns.");
        }
        try {
            return RecordingFile.read(Shelf.path(file), list);
        } catch (IllegalArgumentException e) {
            throw new Misuse(file + ": " + e.getMessage() + ".");
        } catch (CharacterCodingException e) {
            throw new Misuse(file + " is not UTF-8. Save it as CSV in UTF-8.");
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            throw new Misuse(file + " can't be read as CSV: " + String.valueOf(e.getMessage())
                    .replaceFirst("^\\S*Exception: ", "").replaceFirst("\\.?$", "."));
        }
    }

    private List<String> names(List<String> known) {
        if (policies == null) {
            return known;
        }
        List<String> names = new ArrayList<>();
        for (String name : policies.split(",", -1)) {
            if (!known.contains(name.strip())) {
                String nearest = Nearest.of(name.strip(), known);
                throw new Misuse("--policy names \"" + name.strip() + "\"; there is " + String.join(", ", known) + "."
                        + (nearest == null ? "" : " Did you mean " + nearest + "?"));
            }
            names.add(name.strip());
        }
        return names;
    }
}
