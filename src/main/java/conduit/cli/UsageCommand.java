package conduit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import conduit.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** Tells what was used and spent. */
@Command(name = "usage", descriptionHeading = "%n", optionListHeading = "%n", footerHeading = "%n",
        description = "Tells what was used and spent, US dollars.", footer = {"Examples:",
        "  java -jar target/conduit.jar usage",
        "  java -jar target/conduit.jar usage --project shop --from 2026-11-01 --group-by day,model", "",
        "Exit status: 0 done, 1 it can't be told, 2 wrong use.", "--json prints the answer of GET /v1/usage."})
final class UsageCommand implements Callable<Integer> {

    private static final int NARROW = 10;
    private static final int WIDE = 34;
    private static final String SUMS = " %10s %14s %14s %14s";

    private final World world;

    @Mixin
    private Questions questions;

    @Option(names = "--group-by", paramLabel = "KEYS", defaultValue = "day", description = "One or more of day, model, project, agent, "
            + "source, with commas between: day, if it is left out.")
    private String groups;

    @Option(names = "--from", paramLabel = "DAY", description = "The first day, such as 2026-11-01. 30 days before the last, if it "
            + "is left out.")
    private String from;

    @Option(names = "--to", paramLabel = "DAY", description = "The last day. Today, if it is left out.")
    private String to;

    @Option(names = "--project", paramLabel = "P", description = "Only this project.")
    private String project;

    UsageCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        ObjectNode answer = questions.get(world, "usage?groupBy=" + Questions.encoded(groups) + part("from", from) + part("to", to)
                + part("project", project));
        answer.path("notes").forEach(note -> world.note("Take care: " + note.asText()));
        if (questions.json()) {
            world.out().print(Json.pretty(answer));
            return 0;
        }
        List<String> keys = Arrays.stream(groups.split(",")).map(String::strip).distinct().toList();
        world.say("From " + answer.path("from").asText() + " to " + answer.path("to").asText());
        world.say(keys.stream().map(key -> cell(key, key)).collect(Collectors.joining(" "))
                + String.format(SUMS, "requests", "input tokens", "output tokens", "USD"));
        for (JsonNode row : answer.path("rows")) {
            world.say(keys.stream().map(key -> cell(key, row.path(key).asText("-"))).collect(Collectors.joining(" ")) + sums(row));
        }
        JsonNode total = answer.path("total");
        world.say(keys.stream().map(key -> cell(key, key.equals(keys.get(0)) ? "total" : "")).collect(Collectors.joining(" "))
                + sums(total));
        if (total.path("reservedUsd").decimalValue().signum() > 0) {
            world.say("Besides, " + total.path("reservedUsd").decimalValue().toPlainString() + " USD are reserved for what runs or "
                    + "ended in a way that nobody knows.");
        }
        return 0;
    }

    private static String part(String name, String value) {
        return value == null ? "" : "&" + name + "=" + Questions.encoded(value);
    }

    private static String cell(String key, String text) {
        return String.format("%-" + (key.equals("day") || key.equals("source") ? NARROW : WIDE) + "s", text);
    }

    private static String sums(JsonNode row) {
        return String.format(Locale.ROOT, SUMS, Count.number(row.path("requests").asLong()),
                Count.number(row.path("inputTokens").asLong()), Count.number(row.path("outputTokens").asLong()),
                row.path("costUsd").decimalValue().toPlainString());
    }
}
