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
import java.util.regex.Pattern;

/**
 * What a call that was ended before its result is put down at: of each request that the CLI sent, the tokens that the API
 * told, and the text that came. Where the API told nothing of the input, it is guessed by the texts that were sent. A guess
 * takes four characters of ASCII for a token, and each other character for one.
 */
final class UsageSoFar {

    private static final int ASCII_A_TOKEN = 4;
    private static final int ASCII = 0x80;

    private final String asked;
    private final List<Message> messages = new ArrayList<>();
    private int requests;

    /** @param asked the model that was asked for */
    UsageSoFar(String asked) {
        this.asked = asked;
    }

    private static final class Guess {
        private long ascii;
        private long others;

        void add(String text) {
            long plain = text.chars().filter(c -> c < ASCII).count();
            ascii += plain;
            others += text.codePointCount(0, text.length()) - plain;
        }

        long tokens() {
            return (ascii + ASCII_A_TOKEN - 1) / ASCII_A_TOKEN + others;
        }
    }

    private static final class Message {
        private final String model;
        private final Guess text = new Guess();
        private long input;
        private long read;
        private long write;
        private long hour;
        private long output;

        Message(String model, JsonNode usage) {
            this.model = model;
            this.input = usage.path("input_tokens").asLong();
            this.read = usage.path("cache_read_input_tokens").asLong();
            this.write = usage.path("cache_creation_input_tokens").asLong();
            this.hour = usage.path("cache_creation").path("ephemeral_1h_input_tokens").asLong();
            this.output = usage.path("output_tokens").asLong();
        }

        /** Some gateways tell the input at the end only. */
        void tell(JsonNode usage) {
            input = Math.max(input, usage.path("input_tokens").asLong());
            output = Math.max(output, usage.path("output_tokens").asLong());
        }

        long told() {
            return input + read + write;
        }

        /** @param guess the input, where none was told */
        Tokens tokens(long guess) {
            return new Tokens(told() == 0 ? guess : input, Math.max(output, text.tokens()), read, Math.max(0, write - hour), hour);
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
        Guess sent = new Guess();
        sent.add(text(Spool.input(call)));
        sent.add(text(Spool.system(call)));
        Map<String, Tokens> sums = new LinkedHashMap<>();
        for (Message message : messages) {
            sums.merge(message.model, message.tokens(sent.tokens()), Tokens::plus);
        }
        // One that has begun may have sent its request, even where it did not say so.
        long untold = Math.max(requests, 1) - messages.size();
        if (untold > 0) {
            long most = messages.stream().mapToLong(Message::told).max().orElse(0);
            sums.merge(asked, Tokens.of(untold * Math.max(most, sent.tokens()), 0), Tokens::plus);
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
            JsonNode message = event.path("message");
            messages.add(new Message(named(message.path("model").asText()), message.path("usage")));
        } else if (!messages.isEmpty()) {
            Message last = messages.get(messages.size() - 1);
            last.text.add(event.path("delta").path("text").asText(""));
            last.text.add(event.path("delta").path("thinking").asText(""));
            last.tell(event.path("usage"));
        }
    }

    /** The API names a model with its date behind it, by which no price would be found. */
    private String named(String model) {
        return model.isBlank() || model.matches(Pattern.quote(asked) + "-\\d{8}") ? asked : model;
    }

    private static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            return "";
        }
    }
}
