package conduit.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import conduit.json.Fields;
import conduit.json.Json;
import conduit.problem.ProblemException;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the catalogue from its JSON file. */
public final class CatalogueFile {

    private static final BigDecimal SMALLEST_PRIOR = new BigDecimal("0.001");
    /** Beyond, what is left to 1 is lost in rounding. */
    private static final BigDecimal LARGEST_PRIOR = new BigDecimal("1000000");
    private static final BigDecimal LARGEST_FACTOR = new BigDecimal("100");
    private static final int LONGEST_PROMPT = 100_000_000;
    private static final int LONGEST_ID = 100;
    private static final int LARGEST_OUTPUT = 1_000_000;

    private CatalogueFile() {
    }

    /** The catalogue that is built in. */
    public static Catalogue builtIn() {
        try (InputStream in = CatalogueFile.class.getResourceAsStream("/models.json")) {
            return parse(Json.utf8(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The catalogue of an operator's file.
     *
     * @throws IllegalArgumentException naming what is wrong with it
     */
    public static Catalogue read(Path file) {
        try {
            return parse(Json.utf8(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new IllegalArgumentException("the catalogue " + file + " can't be read");
        } catch (ProblemException e) {
            throw new IllegalArgumentException("the catalogue " + file + ": " + e.problem().detail());
        }
    }

    static Catalogue parse(String text) {
        ObjectNode root = Json.object(text);
        List<Model> models = new ArrayList<>();
        String baseline = null;
        String byDefault = null;
        for (Fields model : Fields.of(root).objects("models")) {
            models.add(model(model));
            String id = model.text("id");
            baseline = Boolean.TRUE.equals(model.flag("baseline")) ? id : baseline;
            byDefault = Boolean.TRUE.equals(model.flag("default")) ? id : byDefault;
        }
        if (models.isEmpty() || byDefault == null) {
            throw new IllegalArgumentException("the catalogue needs models, and one of them with \"default\": true");
        }
        return new Catalogue(models, baseline, byDefault);
    }

    private static Model model(Fields in) {
        if (!in.has("id") || in.text("id").length() > LONGEST_ID) {
            throw in.wrong("id", "the model's full id, at most " + LONGEST_ID + " characters");
        }
        Fields prices = in.object("prices").orElseThrow(() -> in.wrong("prices", "an object"));
        Fields prior = in.object("prior").orElseGet(() -> Fields.of(Json.newObject()));
        Integer maxOutput = in.integer("maxOutput", 1, LARGEST_OUTPUT);
        if (maxOutput == null) {
            throw in.wrong("maxOutput", "a whole number of tokens");
        }
        return new Model(in.text("id"),
                new Prices(price(prices, "input"), price(prices, "output"), price(prices, "cacheWrite5m"),
                        price(prices, "cacheWrite1h"), price(prices, "cacheRead"),
                        prices.object("longPrompt").map(CatalogueFile::longPrompt).orElse(null)),
                maxOutput, Boolean.TRUE.equals(in.flag("auto")), prior(prior, "alpha"), prior(prior, "beta"),
                in.text("follows"));
    }

    private static BigDecimal price(Fields in, String name) {
        BigDecimal price = in.decimal(name, "dollars per million tokens, 0 or more", BigDecimal.ZERO, null);
        if (price == null) {
            throw in.wrong(name, "dollars per million tokens, 0 or more");
        }
        return price;
    }

    private static Prices.LongPrompt longPrompt(Fields in) {
        Integer above = in.integer("above", 1, LONGEST_PROMPT);
        BigDecimal factor = in.decimal("factor", "a number from 1 to 100", BigDecimal.ONE, LARGEST_FACTOR);
        if (above == null || factor == null) {
            throw above == null ? in.wrong("above", "a whole number of tokens") : in.wrong("factor", "a number from 1 to 100");
        }
        return new Prices.LongPrompt(above, factor);
    }

    private static double prior(Fields in, String name) {
        BigDecimal value = in.decimal(name, "a number from 0.001 to 1000000", SMALLEST_PRIOR, LARGEST_PRIOR);
        return value == null ? 1 : value.doubleValue();
    }
}
