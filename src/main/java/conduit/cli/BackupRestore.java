package conduit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import conduit.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;

/** Restores a backup. */
@Command(name = "restore", descriptionHeading = "%n", parameterListHeading = "%n", optionListHeading = "%n",
        footerHeading = "%n", description = {"Merges a backup into what is there: all of it, or nothing.",
        "Checks version and checksum first. What is missing is added, the newer one of two stays, and a project and its rules "
        + "become as in the backup. Restoring the same file again changes nothing."},
        footer = {"Exit status: 0 done, 1 the file is not whole or does not fit, and nothing was changed, 2 wrong use.",
        "--json prints the answer of POST /v1/backups/NAME/restore."})
final class BackupRestore implements Callable<Integer> {

    private static final String LINE = "%-20s %12s %12s %12s %12s";

    private final World world;

    @Mixin
    private Questions questions;

    @Option(names = "--dry-run", description = "Only tell what would be done.")
    private boolean dry;

    @Parameters(paramLabel = "NAME", description = "A file in backups/, as backup list names it.")
    private String name;

    BackupRestore(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        ObjectNode done = questions.ask(world, () -> world.backups().apply(true), "POST", "backups/"
                + Questions.encoded(file()) + "/restore", "{\"dryRun\":" + dry + "}");
        if (questions.json()) {
            world.out().print(Json.pretty(done));
            return 0;
        }
        world.say(done.path("name").asText() + " of " + done.path("createdAt").asText() + (dry
                ? " would be merged; nothing was changed:" : " is restored:"));
        world.say(String.format(Locale.ROOT, LINE, "", "added", "replaced", "kept", "same"));
        for (var table : done.path("tables").properties()) {
            JsonNode counts = table.getValue();
            long removed = counts.path("removed").asLong();
            world.say(String.format(Locale.ROOT, LINE, table.getKey(), number(counts, "added"), number(counts, "replaced"),
                    number(counts, "kept"), number(counts, "same")) + (removed == 0 ? "" : "   " + removed + " removed"));
        }
        done.path("notes").forEach(note -> world.say(note.asText()));
        return 0;
    }

    private static String number(JsonNode counts, String which) {
        return Count.number(counts.path(which).asLong());
    }

    /** A shell completes names with their folder. */
    private String file() {
        Path path = Shelf.path(name);
        Path folder = path.toAbsolutePath().normalize().getParent();
        if (path.getParent() != null && world.keys().path("conduit.home").resolve("backups").equals(folder)) {
            return path.getFileName().toString();
        }
        if (path.getParent() != null) {
            throw new Misuse("\"" + name + "\" is not in the folder backups/ of Conduit's home. Copy it there and name it "
                    + "without a folder.");
        }
        return name;
    }
}
