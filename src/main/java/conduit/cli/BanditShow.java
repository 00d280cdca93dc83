package conduit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import conduit.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/** Tells what is believed of each model, and what the bandit saves. */
@Command(name = "show", descriptionHeading = "%n", optionListHeading = "%n", footerHeading = "%n",
        description = {"Tells what the bandit believes of each model, a kind of request at a time, and what it saves.",
        "The range behind a figure holds the truth in 95 of 100 cases."}, footer = {"Examples:",
        "  java -jar target/conduit.jar bandit show",
        "  java -jar target/conduit.jar bandit show --json --url http://127.0.0.1:8080", "",
        "Exit status: 0 done, 1 it can't be told, 2 wrong use.", "--json prints the answer of GET /v1/models."})
final class BanditShow implements Callable<Integer> {

    private final World world;

    @Mixin
    private Questions questions;

    BanditShow(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        ObjectNode report = questions.get(world, "models");
        if (questions.json()) {
            world.out().print(Json.pretty(report));
            return 0;
        }
        List<JsonNode> models = new ArrayList<>();
        report.path("models").forEach(model -> {
            if (model.path("auto").asBoolean() || model.path("baseline").asBoolean()
                    || model.at("/posteriors/0/observations").asLong() > 0 || model.at("/bandit/calls").asLong() > 0) {
                models.add(model);
            }
        });
        int width = models.stream().mapToInt(m -> m.path("id").asText().length()).max().orElse(1);
        kinds(models).forEach((kind, lines) -> {
            world.say(kind);
            lines.forEach((model, summary) -> world.say(String.format("  %-" + width + "s  %s", model, summary)));
            world.out().println();
        });
        world.say("Costs and choices of late");
        models.forEach(model -> world.say(String.format("  %-" + width + "s  %s", model.path("id").asText(), money(model))));
        world.out().println();
        world.say("Together: " + report.at("/bandit/summary").asText() + ".");
        world.say(report.at("/bandit/note").asText());
        return 0;
    }

    /** What is believed of each model, by kind of request. */
    private static Map<String, Map<String, String>> kinds(List<JsonNode> models) {
        Map<String, Map<String, String>> kinds = new LinkedHashMap<>();
        for (JsonNode model : models) {
            for (JsonNode belief : model.path("posteriors")) {
                String category = belief.path("category").asText();
                String kind = belief == model.path("posteriors").path(0) ? "All requests"
                        : "Requests of category " + category + ", " + belief.path("lengthBucket").asText();
                kinds.computeIfAbsent(kind, k -> new LinkedHashMap<>())
                        .put(model.path("id").asText(), belief.path("summary").asText());
            }
        }
        return kinds;
    }

    private static String money(JsonNode model) {
        JsonNode bandit = model.path("bandit");
        String typical = model.path("typicalCostUsd").isNumber() ? "a typical request costs "
                + model.path("typicalCostUsd").decimalValue().toPlainString() + " USD" : "what a request costs is not known yet";
        return typical + "; " + String.format(Locale.ROOT, "%.0f of 100 choices", 100 * bandit.path("share").asDouble())
                + (bandit.hasNonNull("summary") ? "; " + bandit.path("summary").asText() : "")
                + (model.path("baseline").asBoolean() ? "; the baseline" : "");
    }
}
