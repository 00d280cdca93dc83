package conduit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import conduit.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/** Lists the backups. */
@Command(name = "list", descriptionHeading = "%n", optionListHeading = "%n", footerHeading = "%n",
        description = "Lists the backups, the newest first: name, moment, scope, usage rows, bytes.",
        footer = {"Exit status: 0 done, 1 they can't be listed, 2 wrong use.", "--json prints the answer of GET /v1/backups."})
final class BackupList implements Callable<Integer> {

    private final World world;

    @Mixin
    private Questions questions;

    BackupList(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        ObjectNode list = questions.ask(world, () -> world.backups().apply(false), "GET", "backups", null);
        if (questions.json()) {
            world.out().print(Json.pretty(list));
            return 0;
        }
        for (JsonNode one : list.path("backups")) {
            world.say(one.path("name").asText() + "  " + (one.path("valid").asBoolean()
                    ? one.path("createdAt").asText() + "  " + (one.path("project").isTextual()
                    ? "project " + one.path("project").asText() : "all projects") + "  "
                    + Count.of(one.path("rows").path("usage_tracking").asLong(), "usage row") + "  "
                    + Count.of(one.path("bytes").asLong(), "byte") : one.path("problem").asText()));
        }
        if (list.path("backups").findValues("valid").contains(BooleanNode.TRUE)) {
            world.note("Those with a moment are whole at both ends; the checksum is compared by backup restore, also with "
                    + "--dry-run.");
        }
        if (list.path("backups").isEmpty()) {
            world.note("There is no backup yet. Make one with backup create.");
        }
        return 0;
    }
}
