package conduit.cli;

import conduit.json.Json;
import conduit.model.Catalogue;
import conduit.problem.ProblemException;
import conduit.request.Inlet;
import conduit.request.LlmRequest;
import conduit.request.RequestParser;
import conduit.rules.fact.Circumstances;
import conduit.rules.fact.Request;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;

/** The request that a call asks about, and what its rules may read beside it. */
final class Asked {

    private static final int LONGEST = 64 << 20;
    private static final RequestParser.Origin ORIGIN = new RequestParser.Origin(Inlet.HTTP, "explain", null);

    @Option(names = "--prompt", paramLabel = "TEXT", description = "A request of this prompt and nothing else.")
    private String prompt;

    @Option(names = "--at", paramLabel = "MOMENT", description = "When it is asked, such as 2026-11-21T09:30, in "
            + "Conduit's zone; for hour and dayOfWeek. Now, if it is left out.")
    private String at;

    @Option(names = "--spent-today", paramLabel = "USD", defaultValue = "0",
            description = "What its project has spent today, dollars. Nothing, if it is left out.")
    private String today;

    @Option(names = "--spent-this-month", paramLabel = "USD", description = "The same for this month; as today, if "
            + "it is left out.")
    private String month;

    /** Whether the request itself must stand in a file. */
    boolean isInFile() {
        return prompt == null;
    }

    /** @param file the request's file, or "-" for standard input; null where there is a prompt */
    Request read(String file, World world, Catalogue catalogue) {
        RequestParser parser = new RequestParser(catalogue, LONGEST);
        ZonedDateTime when = at == null ? ZonedDateTime.now(world.clock()) : moment(world);
        BigDecimal spentToday = dollars("--spent-today", today);
        BigDecimal spentThisMonth = month == null ? spentToday : dollars("--spent-this-month", month);
        if (spentThisMonth.compareTo(spentToday) < 0) {
            throw new Misuse("--spent-this-month is " + month + ", less than --spent-today (" + today
                    + "); today counts to the month.");
        }
        LlmRequest request;
        try {
            request = file == null ? parser.plain(prompt, ORIGIN) : parser.json(text(file, world), ORIGIN);
        } catch (ProblemException e) {
            throw new Misuse((file == null ? "--prompt" : file.equals("-") ? "The request" : file) + ": "
                    + e.problem().detail());
        }
        return new Request(request, Circumstances.of(request, when, spentToday, spentThisMonth));
    }

    private static String text(String file, World world) {
        try {
            return Json.utf8(file.equals("-") ? world.in().readAllBytes() : Files.readAllBytes(Shelf.path(file)))
                    .replaceFirst("^\uFEFF", "");
        } catch (IOException e) {
            throw new Misuse("The request " + file + (Files.exists(Shelf.path(file)) ? " can't be read." : " is not there.")
                    + " Name a file that holds JSON such as {\"prompt\":\"Hello\"}, or - for standard input.");
        }
    }

    private ZonedDateTime moment(World world) {
        try {
            return LocalDateTime.parse(at).atZone(world.clock().getZone());
        } catch (DateTimeParseException e) {
            throw new Misuse("--at is \"" + at + "\"; it must be a moment such as 2026-11-21T09:30.");
        }
    }

    private static BigDecimal dollars(String option, String text) {
        try {
            BigDecimal dollars = new BigDecimal(text);
            if (dollars.signum() >= 0 && dollars.precision() - dollars.scale() < 16) {
                return dollars;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw new Misuse(option + " is \"" + text + "\"; it must be a number of dollars, 0 or more, such as 3.50.");
    }
}
