package conduit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import conduit.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.concurrent.Callable;

/** Makes a recorded choice again. */
@Command(name = "repeat", descriptionHeading = "%n", parameterListHeading = "%n", optionListHeading = "%n",
        footerHeading = "%n", description = {"Makes a recorded choice of the bandit again, bit for bit.",
        "Folds the log of judgements to what was believed then, draws again with the recorded terms and seed, and compares "
        + "beliefs, draws, propensities and the model. Nothing is sent to a model."}, footer = {"Example:",
        "  java -jar target/conduit.jar bandit repeat order-17", "",
        "Exit status: 0 identical, 1 something differs, 2 wrong use, or there is no such choice.",
        "--json prints the answer of GET /v1/requests/ID/repeat."})
final class BanditRepeat implements Callable<Integer> {

    private final World world;

    @Mixin
    private Questions questions;

    @Parameters(paramLabel = "ID", description = "A request for which the bandit chose.")
    private String id;

    BanditRepeat(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        if (id.isBlank()) {
            throw new Misuse("ID is empty; name a request.");
        }
        ObjectNode answer = questions.get(world, "requests/" + Questions.encoded(id) + "/repeat");
        boolean identical = answer.path("identical").asBoolean();
        if (questions.json()) {
            world.out().print(Json.pretty(answer));
            return identical ? 0 : 1;
        }
        if (identical) {
            world.say("Identical: " + answer.path("chosen").asText() + " of " + Count.of(answer.path("candidates").size(), "model")
                    + ", with what was believed at version " + answer.path("posteriorVersion").asText() + " and seed "
                    + answer.path("seed").asText() + "." + (answer.hasNonNull("degradedFrom") ? " To fit into the limit, "
                    + answer.path("model").asText() + " served in its place." : ""));
            return 0;
        }
        for (JsonNode one : answer.path("differences")) {
            world.say((one.hasNonNull("model") ? one.path("model").asText() + ": " : "") + one.path("field").asText() + " was "
                    + one.path("recorded").asText() + ", now " + one.path("repeated").asText());
        }
        world.note("not identical: " + Count.of(answer.path("differences").size(), "difference")
                + (answer.hasNonNull("hint") ? ". " + answer.path("hint").asText() : ""));
        return 1;
    }
}
