package conduit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import conduit.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.List;
import java.util.concurrent.Callable;

/** Writes the exports that are due. */
@Command(name = "export", descriptionHeading = "%n", optionListHeading = "%n", footerHeading = "%n", description = {
        "Writes the usage of days and hours that have ended and are not exported yet to files in exports/.",
        "The same happens by conduit.export.daily.cron and conduit.export.hourly.cron. Each row is written once."},
        footer = {"Example:", "  java -jar target/conduit.jar export", "",
        "Exit status: 0 done, 1 it can't be done, 2 wrong use.", "--json prints {daily[], hourly[]}: the files written now."})
final class ExportCommand implements Callable<Integer> {

    private final World world;

    @Mixin
    private Questions questions;

    ExportCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        ObjectNode written = questions.post(world, "exports", "{}");
        if (questions.json()) {
            world.out().print(Json.pretty(written));
            return 0;
        }
        for (String kind : List.of("daily", "hourly")) {
            for (JsonNode file : written.path(kind)) {
                world.say(file.asText());
            }
        }
        if (written.path("daily").isEmpty() && written.path("hourly").isEmpty()) {
            world.note("Nothing was due: all usage of days and hours that have ended is exported.");
        }
        return 0;
    }
}
