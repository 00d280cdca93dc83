package conduit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import conduit.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.concurrent.Callable;

/** Makes a backup. */
@Command(name = "create", descriptionHeading = "%n", optionListHeading = "%n", footerHeading = "%n",
        description = "Makes a backup of all projects, or of one, as they are at this instant; requests go on meanwhile.",
        footer = {"Exit status: 0 done, 1 it can't be made, 2 wrong use.", "--json prints the answer of POST /v1/backups."})
final class BackupCreate implements Callable<Integer> {

    private final World world;

    @Mixin
    private Questions questions;

    @Option(names = "--project", paramLabel = "P", description = "Only this project.")
    private String project;

    BackupCreate(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        ObjectNode made = questions.ask(world, () -> world.backups().apply(false), "POST", "backups",
                Json.newObject().put("project", project).toString());
        if (questions.json()) {
            world.out().print(Json.pretty(made));
            return 0;
        }
        long rows = 0;
        for (JsonNode table : made.path("rows")) {
            rows += table.asLong();
        }
        world.say(made.path("name").asText() + ": " + Count.of(rows, "row") + ", " + Count.of(made.path("bytes").asLong(),
                "byte"));
        return 0;
    }
}
