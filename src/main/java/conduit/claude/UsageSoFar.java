package conduit.claude;

import com.fasterxml.jackson.databind.JsonNode;
import conduit.json.Json;
import conduit.model.Tokens;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a call that was ended before its result is put down at: of each request that the CLI sent, the tokens that the API
 * told, and the text that came. Where the API told nothing yet, the input is taken for a fourth of its bytes.
 */
final class UsageSoFar {

    private static final int BYTES_A_TOKEN = 4;

    private final String asked;
    private final List<Message> messages = new ArrayList<>();
    private int requests;

    /** @param asked the model that was asked for */
    UsageSoFar(String asked) {
        this.asked = asked;
    }

    private static final class Message {
        private final String model;
        private final JsonNode usage;
        private long output;
        private long characters;

        Message(String model, JsonNode usage) {
            this.model = model;
            this.usage = usage;
            this.output = usage.path("output_tokens").asLong();
        }

        Tokens tokens() {
            JsonNode writes = usage.path("cache_creation");
            long hour = writes.path("ephemeral_1h_input_tokens").asLong();
            return new Tokens(usage.path("input_tokens").asLong(), Math.max(output, fourth(characters)),
                    usage.path("cache_read_input_tokens").asLong(),
                    Math.max(0, usage.path("cache_creation_input_tokens").asLong() - hour), hour);
        }
    }

    /**
     * Sums it up by model.
     *
     * @param output what the CLI said
     * @param call   the folder, which holds prompt and system prompt
     */
    List<Billed> of(String output, Path call) {
        if (!Spool.isStarted(call)) {
            return List.of();
        }
        output.lines().filter(line -> !line.isBlank()).forEach(this::line);
        Map<String, Tokens> sums = new LinkedHashMap<>();
        for (Message message : messages) {
            sums.merge(message.model, message.tokens(), Tokens::plus);
        }
        // One that has begun may have sent its request, even where it did not say so.
        long untold = Math.max(requests, 1) - messages.size();
        if (untold > 0) {
            long input = messages.stream().mapToLong(message -> message.tokens().input()).max().orElse(0);
            sums.merge(asked, Tokens.of(untold * Math.max(input, fourth(size(Spool.input(call))
                    + size(Spool.system(call)))), 0), Tokens::plus);
        }
        return sums.entrySet().stream().map(sum -> Billed.estimate(sum.getKey(), sum.getValue())).toList();
    }

    private void line(String line) {
        JsonNode node;
        try {
            node = Json.tree(line);
        } catch (UncheckedIOException e) {
            return;
        }
        JsonNode event = node.path("event");
        if (node.path("type").asText().equals("system") && node.path("status").asText().equals("requesting")) {
            requests++;
        } else if (event.path("type").asText().equals("message_start")) {
            String model = event.path("message").path("model").asText();
            messages.add(new Message(model.isBlank() ? asked : model, event.path("message").path("usage")));
        } else if (!messages.isEmpty()) {
            Message last = messages.get(messages.size() - 1);
            JsonNode delta = event.path("delta");
            last.characters += points(delta.path("text")) + points(delta.path("thinking"));
            last.output = Math.max(last.output, event.path("usage").path("output_tokens").asLong());
        }
    }

    private static long points(JsonNode text) {
        String value = text.asText("");
        return value.codePointCount(0, value.length());
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    private static long fourth(long count) {
        return (count + BYTES_A_TOKEN - 1) / BYTES_A_TOKEN;
    }
}
