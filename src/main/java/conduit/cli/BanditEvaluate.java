package conduit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import conduit.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.Locale;
import java.util.concurrent.Callable;

/** Estimates what another policy would have reached. */
@Command(name = "evaluate", descriptionHeading = "%n", optionListHeading = "%n", footerHeading = "%n", description = {
        "Estimates what another policy would have reached on the bandit's judged choices: quality and cost a request.",
        "Doubly robust, from the recorded propensities; the range holds the truth in 95 of 100 cases. Nothing is sent to a model "
        + "and nothing is changed."}, footer = {"Examples:",
        "  java -jar target/conduit.jar bandit evaluate --policy cheapest",
        "  java -jar target/conduit.jar bandit evaluate --policy lambda:0.1 --from 2026-11-01 --to 2026-11-21 --json", "",
        "Policies: sampler (the bandit without its lot among all models), lambda:X (the same at this price of quality), cheapest, "
        + "largest (the baseline, else the dearest), model:ID.",
        "Exit status: 0 done, 1 there is nothing to tell it by, 2 wrong use.",
        "--json prints the answer of GET /v1/bandit/evaluation."})
final class BanditEvaluate implements Callable<Integer> {

    private static final int PERCENT = 100;

    private final World world;

    @Mixin
    private Questions questions;

    @Option(names = "--policy", paramLabel = "P", required = true, description = "sampler, cheapest, largest, model:ID or lambda:X.")
    private String policy;

    @Option(names = "--from", paramLabel = "DAY", description = "The first day, such as 2026-11-01, or a moment. 30 days before "
            + "the end, if it is left out.")
    private String from;

    @Option(names = "--to", paramLabel = "DAY", description = "The last day, or a moment. Now, if it is left out.")
    private String to;

    @Option(names = "--project", paramLabel = "P", description = "Only the requests of this project.")
    private String project;

    BanditEvaluate(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        ObjectNode answer = questions.get(world, "bandit/evaluation?policy=" + Questions.encoded(policy) + part("from", from)
                + part("to", to) + part("project", project));
        boolean told = answer.path("records").asLong() > 0;
        if (questions.json()) {
            world.out().print(Json.pretty(answer));
            return told ? 0 : 1;
        }
        if (told) {
            tell(answer);
        }
        answer.path("warnings").forEach(warning -> world.note((told ? "Take care: " : "conduit: ") + warning.asText()));
        return told ? 0 : 1;
    }

    private static String part(String name, String value) {
        return value == null ? "" : "&" + name + "=" + Questions.encoded(value);
    }

    private void tell(JsonNode answer) {
        world.say("Policy " + answer.path("policy").asText() + " on " + Count.of(answer.path("records").asLong(), "judged choice")
                + " from " + answer.path("from").asText() + " to " + answer.path("to").asText());
        world.say("  quality  " + share(answer.at("/quality/value")) + range(share(answer.at("/quality/low")),
                share(answer.at("/quality/high"))) + "; as recorded " + share(answer.path("recordedQuality")));
        world.say("  cost     " + usd(answer.at("/costUsd/value")) + " USD a request" + range(usd(answer.at("/costUsd/low")),
                usd(answer.at("/costUsd/high"))) + "; as recorded " + usd(answer.path("recordedCostUsd")));
        world.say("The record is worth " + Count.of(Math.round(answer.path("effectiveSampleSize").asDouble()), "choice")
                + " of this policy's own.");
        if (answer.path("leftOut").asLong() > 0) {
            world.say(Count.of(answer.path("leftOut").asLong(), "judged choice") + " left out: it could have chosen nothing there.");
        }
        if (answer.path("unusable").asLong() > 0) {
            world.say(Count.of(answer.path("unusable").asLong(), "judged choice") + " left out: degraded to fit into a limit, of "
                    + "unknown cost, or recorded by a former version.");
        }
        if (answer.path("cutOff").asBoolean()) {
            world.note("Only the newest " + Count.number(answer.path("judged").asLong()) + " were looked at.");
        }
    }

    private static String range(String low, String high) {
        return low.isEmpty() ? " (no range: it never chose so)" : " (" + low + " to " + high + ")";
    }

    private static String share(JsonNode value) {
        return value.isNumber() ? String.format(Locale.ROOT, "%.1f %%", PERCENT * value.asDouble()) : "";
    }

    private static String usd(JsonNode value) {
        return value.isNumber() ? String.format(Locale.ROOT, "%.6f", value.asDouble()) : "";
    }
}
