package conduit.replay;

import conduit.bandit.Context;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a recording from CSV: one row a query and model, with the columns query_id, category, prompt_tokens, model,
 * correct, cost_usd, output_tokens and latency_s (which may be empty). The baseline is the model named last.
 */
public final class RecordingFile {

    private static final List<String> COLUMNS = List.of("query_id", "category", "prompt_tokens", "model", "correct",
            "cost_usd", "output_tokens");

    private record Row(String category, int promptTokens, Outcome outcome) {
    }

    private RecordingFile() {
    }

    /**
     * Reads the file.
     *
     * @param prices with which costs are computed anew, or null for the recorded costs
     * @throws IllegalArgumentException naming the line at fault, its value and what is allowed
     */
    public static Recording read(Path file, PriceList prices) throws IOException {
        Map<String, Map<String, Row>> queries = new LinkedHashMap<>();
        List<String> models = new ArrayList<>();
        try (CSVParser parser = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).build()
                .parse(new StringReader(text(file)))) {
            for (String column : COLUMNS) {
                if (!parser.getHeaderNames().contains(column)) {
                    throw new IllegalArgumentException("the column " + column + " is missing; the first line must name "
                            + String.join(",", COLUMNS) + ",latency_s, with commas between them");
                }
            }
            for (CSVRecord line : parser) {
                if (!line.isConsistent()) {
                    throw new IllegalArgumentException("line " + (line.getRecordNumber() + 1) + " has " + line.size()
                            + " values, and the first line names " + parser.getHeaderNames().size() + " columns");
                }
                String model = text(line, "model");
                if (!models.contains(model)) {
                    models.add(model);
                }
                Row before = queries.computeIfAbsent(text(line, "query_id"), id -> new LinkedHashMap<>())
                        .put(model, row(line, model, prices));
                if (before != null) {
                    throw wrong(line, "query_id", "a query once for " + model);
                }
            }
        }
        return recording(models, queries, prices);
    }

    /** Excel writes a byte order mark. */
    private static String text(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static Row row(CSVRecord line, String model, PriceList prices) {
        int input = (int) number(line, "prompt_tokens", Integer.MAX_VALUE);
        int output = (int) number(line, "output_tokens", Integer.MAX_VALUE);
        double recorded = number(line, "cost_usd", Double.MAX_VALUE);
        double cost = prices == null ? recorded : prices.of(model).orElseThrow(() -> wrong(line, "model",
                "a name that begins with haiku, sonnet or opus, as " + prices + " has prices for these only; leave "
                        + "--prices out for the recorded costs")).cost(input, output);
        boolean timed = line.isMapped("latency_s") && !line.get("latency_s").isEmpty();
        return new Row(text(line, "category"), input, new Outcome(number(line, "correct", 1), cost, output,
                timed ? number(line, "latency_s", Double.MAX_VALUE) : 0));
    }

    private static Recording recording(List<String> models, Map<String, Map<String, Row>> rows, PriceList prices) {
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("there is no row behind the first line");
        }
        List<Query> queries = new ArrayList<>();
        for (Map.Entry<String, Map<String, Row>> entry : rows.entrySet()) {
            Outcome[] outcomes = new Outcome[models.size()];
            for (int m = 0; m < outcomes.length; m++) {
                Row row = entry.getValue().get(models.get(m));
                if (row == null) {
                    throw new IllegalArgumentException("the query " + entry.getKey() + " has no row for "
                            + models.get(m) + "; each query needs one for each model");
                }
                outcomes[m] = row.outcome();
            }
            Row first = entry.getValue().get(models.get(0));
            queries.add(new Query(Context.of(first.category(), first.promptTokens()), first.promptTokens(), outcomes));
        }
        if (models.size() < 2) {
            throw new IllegalArgumentException("there is no model but " + models.get(0) + "; a comparison needs two");
        }
        if (queries.stream().allMatch(query -> query.outcomes()[models.size() - 1].correct() == 0)) {
            throw new IllegalArgumentException("the baseline " + models.get(models.size() - 1) + " (the model named last) "
                    + "has no right answer, so nothing can be compared with it");
        }
        List<Rates> rates = new ArrayList<>();
        for (int m = 0; m < models.size(); m++) {
            int model = m;
            rates.add(prices != null ? prices.of(models.get(m)).orElseThrow() : Rates.fitted(queries.stream()
                    .map(q -> new double[] {q.promptTokens(), q.outcomes()[model].outputTokens(),
                            q.outcomes()[model].costUsd()}).toList()));
        }
        return new Recording(models, rates, queries);
    }

    private static String text(CSVRecord line, String column) {
        String value = line.isSet(column) ? line.get(column) : "";
        if (value.isBlank()) {
            throw wrong(line, column, "a text");
        }
        return value;
    }

    private static double number(CSVRecord line, String column, double most) {
        double value;
        try {
            value = Double.parseDouble(line.isSet(column) ? line.get(column) : "");
        } catch (NumberFormatException e) {
            throw wrong(line, column, "a number");
        }
        if (!(value >= 0 && value <= most)) {
            throw wrong(line, column, most == 1 ? "a number from 0 to 1" : "a number, 0 or more");
        }
        return value;
    }

    private static IllegalArgumentException wrong(CSVRecord line, String column, String allowed) {
        return new IllegalArgumentException("line " + (line.getRecordNumber() + 1) + ": " + column + " is \""
                + (line.isSet(column) ? line.get(column) : "") + "\"; allowed is " + allowed);
    }
}
