package conduit.claude;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import conduit.claude.ClaudeProcess.Ending;
import conduit.claude.ClaudeProcess.Result;
import conduit.claude.Outcome.Answered;
import conduit.claude.Outcome.Failed;
import conduit.model.Tokens;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Judges what the CLI said, by its exit status and its JSON together: it exits 0 with empty answers, and reports API
 * errors as {@code subtype: success}.
 *
 * @param outputLimit the most bytes that are read
 */
public record ReplyReader(long outputLimit) {

    /** Between sentences, and before the dots in the middle with which the CLI parts them, too. */
    private static final String PARTS = "(?<=[.!?])\\s+|\\s+(?=·\\s)";
    private static final Pattern ADVICE = Pattern.compile("Run --model|[Rr]un /login|Fix external API key|new session|"
            + "compact the conversation|be compacted|API_TIMEOUT_MS|inference gateway|ANTHROPIC_[A-Z]|CLAUDE_[A-Z]");

    /** Reads the output in a call's folder. */
    public Outcome read(Path call, String model, Result result) {
        boolean stopped = result.ending() == Ending.TIMED_OUT || result.ending() == Ending.CANCELLED;
        if (stopped && isComplete(call)) {
            // A reply that was whole when the process was ended tells exactly what is paid for, and is what was asked for.
            return read(call, model, new Result(Ending.REPLIED, 0, result.millis()));
        }
        if (result.ending() == Ending.TIMED_OUT) {
            return failed(Failure.TIMED_OUT, "", result, false);
        }
        if (result.ending() == Ending.CANCELLED) {
            return cancelled(call, model, result);
        }
        if (result.ending() == Ending.TOO_MUCH_OUTPUT) {
            return failed(Failure.NONSENSE, "more than " + outputLimit + " bytes", result, false);
        }
        String text = text(Spool.output(call));
        if (text.isBlank()) {
            return withoutOutput(text(Spool.errors(call)), result);
        }
        ReplyText reply = ReplyText.of(text);
        if (reply.result() != null) {
            return judge(reply.result(), model, result);
        }
        return reply.isBegun() ? failed(Failure.CRASHED, "exit status " + result.exit(), result, false)
                : failed(Failure.NONSENSE, reply.flaw(), result, false);
    }

    private Outcome cancelled(Path call, String model, Result result) {
        try {
            return new Failed(Failure.CANCELLED, "", new UsageSoFar(model).of(text(Spool.output(call)), call),
                    result.millis(), true);
        } catch (IllegalArgumentException e) {
            return failed(Failure.CANCELLED, "its usage makes no sense", result, false);
        }
    }

    /** Whether a call's folder holds a whole reply. */
    public boolean isComplete(Path call) {
        ObjectNode result = ReplyText.of(text(Spool.output(call))).result();
        return result != null && result.has("type");
    }

    private Outcome withoutOutput(String errors, Result result) {
        String said = firstLine(errors);
        if (result.exit() == 126 || result.exit() == 127) {
            return failed(Failure.NOT_STARTED, "the command is not there or not executable; check "
                    + "conduit.claude.command", result, true);
        }
        boolean neverAsked = result.exit() == 1 && (said.startsWith("error:") || said.startsWith("Error:"));
        return failed(Failure.CRASHED, "exit status " + result.exit() + (said.isEmpty() ? "" : ", " + said), result,
                neverAsked);
    }

    private Outcome judge(ObjectNode reply, String model, Result result) {
        List<Billed> billed;
        try {
            billed = billed(reply, model);
        } catch (IllegalArgumentException e) {
            return failed(Failure.NONSENSE, "its usage makes no sense", result, false);
        }
        String text = reply.path("result").asText("");
        boolean silent = reply.path("num_turns").asInt() == 0 || billed.isEmpty();
        if (!reply.path("is_error").asBoolean(true) && result.exit() == 0 && !silent && !text.isEmpty()) {
            return new Answered(text, billed, result.millis(), reply.path("session_id").asText(null));
        }
        Failure failure = FailureOf.reply(reply, silent);
        // There the CLI speaks of a variable that callers don't have.
        String detail = failure == Failure.OUTPUT_LIMIT ? "raise it, or ask for less" : happened(text);
        return new Failed(failure, detail, billed, result.millis(),
                !billed.isEmpty() || isFree(failure, reply));
    }

    /**
     * Where the connection broke or no answer came, the API may have worked, and bill, all the same; where the model refused
     * or wrote up to its limit, it has, and a bill that is empty can't be right.
     */
    private static boolean isFree(Failure failure, ObjectNode reply) {
        return switch (failure) {
            case TIMED_OUT, OUTPUT_LIMIT, REFUSED -> false;
            case NETWORK -> reply.path("result").asText().contains("ECONNREFUSED");
            case NONSENSE -> reply.path("num_turns").isNumber() && reply.path("num_turns").asInt() == 0;
            default -> true;
        };
    }

    /** What was billed by model; {@code usage} misses what a cut-off call cost, {@code modelUsage} has it. */
    private static List<Billed> billed(ObjectNode reply, String model) {
        List<Billed> billed = new ArrayList<>();
        reply.path("modelUsage").properties().forEach(entry -> {
            JsonNode use = entry.getValue();
            long write = use.path("cacheCreationInputTokens").asLong();
            long write1h = use.path("cacheCreationEphemeral1hInputTokens").asLong();
            Tokens tokens = new Tokens(use.path("inputTokens").asLong(), use.path("outputTokens").asLong(),
                    use.path("cacheReadInputTokens").asLong(), write - write1h, write1h);
            BigDecimal cost = decimal(use.path("costUSD"));
            if (tokens.total() > 0 || cost.signum() > 0) {
                boolean guessed = use.path("costBasis").asText().equals("unknown");
                billed.add(new Billed(entry.getKey(), tokens, guessed ? null : cost));
            }
        });
        JsonNode usage = reply.path("usage");
        if (billed.isEmpty() && usage.path("input_tokens").asLong() + usage.path("output_tokens").asLong() > 0) {
            JsonNode writes = usage.path("cache_creation");
            billed.add(new Billed(model, new Tokens(usage.path("input_tokens").asLong(),
                    usage.path("output_tokens").asLong(), usage.path("cache_read_input_tokens").asLong(),
                    writes.path("ephemeral_5m_input_tokens").asLong(),
                    writes.path("ephemeral_1h_input_tokens").asLong()), decimal(reply.path("total_cost_usd"))));
        }
        return billed;
    }

    private static BigDecimal decimal(JsonNode number) {
        return number.isNumber() ? number.decimalValue() : BigDecimal.ZERO;
    }

    private static Outcome failed(Failure failure, String detail, Result result, boolean costKnown) {
        return new Failed(failure, detail, List.of(), result.millis(), costKnown);
    }

    private String text(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes((int) Math.min(outputLimit, Integer.MAX_VALUE - 8)),
                    StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    /** What happened, without the CLI's advice: who calls Conduit has no command line, session or gateway of it. */
    private static String happened(String text) {
        String kept = Stream.of(text.strip().lines().findFirst().orElse("").split(PARTS))
                .filter(part -> !ADVICE.matcher(part).find()).map(String::strip).collect(Collectors.joining(" "))
                .replaceFirst("^· ", "");
        return kept.isEmpty() ? "no text came" : firstLine(kept);
    }

    private static String firstLine(String text) {
        String line = text.strip().lines().findFirst().orElse("");
        return line.length() > 200 ? line.substring(0, 200) + "…" : line;
    }
}
