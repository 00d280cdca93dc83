package conduit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import conduit.cli.Calls.Ran;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** The word that compares policies on recorded outcomes: its figures, its JSON contract, and what it says of a bad file. */
class ReplayCommandTest {

    private static final String HEAD = "query_id,category,prompt_tokens,model,correct,cost_usd,output_tokens,latency_s";
    private static final List<String> NAMES = List.of("sampler", "guarantee", "context-free", "composite", "cheapest", "largest",
            "random", "oracle");

    @TempDir
    static Path folder;

    /** Two of three queries are right at haiku for a tenth of the baseline's cost; opus is right on all. */
    private static Path recording() throws Exception {
        List<String> lines = new ArrayList<>(List.of(HEAD));
        for (int i = 0; i < 30; i++) {
            lines.add("q" + i + ",chat,100,haiku3," + (i % 3 == 0 ? 0 : 1) + ",0.001,10,");
            lines.add("q" + i + ",chat,100,opus3,1,0.01,10,1.5");
        }
        return Calls.write(folder, "good.csv", lines.toArray(String[]::new));
    }

    @Test
    void jsonHasExactlyTheMembersOfTheContract() throws Exception {
        Path file = recording();
        Ran ran = new Calls().run("bandit", "replay", file, "--requests", 300, "--runs", 4, "--json");
        JsonNode json = ran.json();
        assertThat(ran.exit()).isZero();
        assertThat(json.fieldNames()).toIterable().containsExactly("file", "prices", "requests", "runs", "baseline", "policies");
        assertThat(json.path("file").asText()).isEqualTo(file.toString());
        assertThat(json.path("prices").isNull()).isTrue();
        assertThat(json.path("requests").asInt()).isEqualTo(300);
        assertThat(json.path("runs").asInt()).isEqualTo(4);
        assertThat(json.path("baseline").asText()).isEqualTo("opus3");
        assertThat(json.path("policies")).extracting(p -> p.path("name").asText()).containsExactlyElementsOf(NAMES);
        for (JsonNode policy : json.path("policies")) {
            assertThat(policy.fieldNames()).toIterable().containsExactly("name", "lambda", "costCut", "costCutLow", "costCutHigh",
                    "qualityRatio", "qualityLow", "qualityHigh", "shareAbove98");
        }
        assertThat(policy(json, "sampler").path("lambda").asDouble()).as("the product's").isEqualTo(0.04);
        assertThat(policy(json, "random").path("lambda").isNull()).isTrue();
        assertThat(policy(json, "cheapest").path("costCut").asDouble()).isEqualTo(0.9, within(1e-9));
        assertThat(policy(json, "cheapest").path("qualityRatio").asDouble()).isEqualTo(2.0 / 3, within(0.05));
        assertThat(policy(json, "largest").path("costCut").asDouble()).isZero();
        assertThat(policy(json, "largest").path("shareAbove98").asDouble()).isEqualTo(1);
        assertThat(policy(json, "oracle").path("qualityRatio").asDouble()).isEqualTo(1);
        assertThat(new Calls().run("bandit", "replay", file, "--requests", 300, "--runs", 4, "--json").out())
                .as("the same seed").isEqualTo(ran.out());
    }

    private static JsonNode policy(JsonNode json, String name) {
        return StreamSupport.stream(json.path("policies").spliterator(), false).filter(p -> p.path("name").asText().equals(name))
                .findFirst().orElseThrow();
    }

    @Test
    void thePriceListAndTheChosenPoliciesAreTold() throws Exception {
        Ran ran = new Calls().set("conduit.bandit.lambda", "0.5").run("bandit", "replay", recording(), "--prices", "P25", "--runs", 2,
                "--requests", 50, "--policy", "sampler, cheapest");
        assertThat(ran.lines().get(0)).contains("2 runs of 50 requests", "prices P25", "opus3");
        assertThat(ran.lines()).anyMatch(l -> l.matches("sampler +0\\.5 .*")).anyMatch(l -> l.matches("cheapest +80\\.0 % .*"))
                .noneMatch(l -> l.startsWith("random"));
    }

    @Test
    void progressGoesToStandardErrorSparselyAndAtATerminalInOneLine() throws Exception {
        Object[] words = {"bandit", "replay", recording(), "--requests", 10, "--runs", 100, "--policy", "largest", "--json"};
        assertThat(new Calls().run(words).err().lines().toList()).hasSize(4).last().isEqualTo("largest: 100 of 100 runs, policy 1 of 1");
        String err = new Calls().atATerminal().run(words).err();
        assertThat(err).startsWith("\r\u001B[Klargest: ").endsWith("\r\u001B[K").doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
            "q,chat,100,haiku3,2,0.1,10,1 | - | line 2: correct is \"2\"; allowed is a number from 0 to 1",
            "q,chat,x,haiku3,1,0.1,10,1 | - | line 2: prompt_tokens is \"x\"; allowed is a number",
            "q,chat,100,haiku3,1,-1,10,1 | - | line 2: cost_usd is \"-1\"; allowed is a number, 0 or more",
            "q,chat,100,haiku3,NaN,1,10,1 | - | line 2: correct is \"NaN\"",
            "q,,100,haiku3,1,1,10,1 | - | line 2: category is \"\"; allowed is a text",
            "q,chat,100,gpt,1,1,10,1 | P24 | line 2: model is \"gpt\"; allowed is a name that begins with haiku",
            "'q,chat,100,a,1,1,10,1\nq,chat,100,a,1,1,10,1' | - | line 3: query_id is \"q\"; allowed is a query once for a",
            "'q,chat,100,a,1,1,10,1\nr,chat,100,b,1,1,10,1' | - | the query q has no row for b",
            "q,chat | - | line 2 has 2 values, and the first line names 8 columns",
            "'' | - | there is no row behind the first line",
            "'\"q,chat' | - | can't be read as CSV"})
    void aBadFileIsToldWithLineColumnAndWhatIsAllowed(String rows, String prices, String message) throws Exception {
        Path file = Calls.write(folder, "bad.csv", (HEAD + "\n" + rows).split("\n"));
        Ran ran = prices == null ? new Calls().run("bandit", "replay", file, "--json")
                : new Calls().run("bandit", "replay", file, "--json", "--prices", prices);
        assertThat(ran.err()).startsWith("conduit: " + file).contains(message).hasLineCount(1).doesNotContain("Exception", "\tat");
        assertThat(ran.out()).isEmpty();
        assertThat(ran.exit()).isEqualTo(2);
    }

    @Test
    void whatIsNoRecordingIsTold() throws Exception {
        assertThat(new Calls().run("bandit", "replay", Calls.write(folder, "other.csv", "a,b", "1,2")).err())
                .contains("the column query_id is missing; the first line must name query_id,category").hasLineCount(1);
        Path latin = Files.write(folder.resolve("latin.csv"), (HEAD + "\nq\u00fc,chat,1,a,1,1,1,1\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        assertThat(new Calls().run("bandit", "replay", latin).err()).contains("is not UTF-8");
        assertThat(new Calls().run("bandit", "replay", Files.writeString(folder.resolve("empty.csv"), "")).err())
                .contains("the column query_id is missing");
        assertThat(new Calls().run("bandit", "replay", folder).err()).contains("is a folder");
        assertThat(new Calls().run("bandit", "replay", folder.resolve("none.csv")).err()).contains("none.csv is not there");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"--prices P23 | --prices is \"P23\"; it must be one of P24, P25, P26",
            "--runs 0 | --runs is \"0\"; it must be a whole number from 1 to", "--requests 1e3 | --requests is \"1e3\"",
            "--seed -1 | --seed is \"-1\"", "--lambda x | --lambda is \"x\"; it must be a number from 0 to 10.",
            "--labels 1.5 | --labels is \"1.5\"; it must be a number from 0 to 1.", "--min-quality NaN | --min-quality is \"NaN\"",
            "--warm -3 | --warm is \"-3\"", "--policy samplr | Did you mean sampler?", "--policy sampler, | --policy names \"\""})
    void aBadOptionIsToldWithItsValueAndWhatIsAllowed(String option, String message) throws Exception {
        String[] words = option.split(" ");
        Ran ran = new Calls().run("bandit", "replay", recording(), words[0], words[1]);
        assertThat(ran.err()).contains(message).hasLineCount(1);
        assertThat(ran.exit()).isEqualTo(2);
    }
}
