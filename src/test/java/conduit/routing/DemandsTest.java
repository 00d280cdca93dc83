package conduit.routing;

import conduit.Some;
import conduit.bandit.Beliefs;
import conduit.bandit.Context;
import conduit.bandit.Experience;
import conduit.bandit.Posterior;
import conduit.bandit.Tuning;
import conduit.bandit.Usage;
import conduit.model.Model;
import org.junit.jupiter.api.Test;

import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static conduit.Some.CATALOGUE;
import static org.assertj.core.api.Assertions.assertThat;

/** Guards against a demand that is not kept, one that keeps everybody out, and one that is dropped without a word. */
class DemandsTest {

    private static final String HAIKU = "claude-haiku-5-5";
    private static final String SONNET = "claude-sonnet-5-5";
    private static final String OPUS = "claude-opus-5-5";
    private static final Context GENERAL = new Context("general", "short");
    private static final Context OTHER = new Context("letters", "short");

    private final Map<Context, Map<String, Usage>> calls = new HashMap<>();
    private final Map<String, Posterior> beliefs = new HashMap<>();
    private final List<String> notes = new ArrayList<>();

    private DemandsTest answered(Context context, String model, long... latenciesMs) {
        Usage usage = Arrays.stream(latenciesMs).mapToObj(ms -> Usage.of(10, 10, ms, 0.01))
                .reduce(Usage.NONE, Usage::plus);
        calls.computeIfAbsent(context, c -> new HashMap<>()).put(model, usage);
        return this;
    }

    private static long[] always(long latencyMs) {
        long[] all = new long[5];
        Arrays.fill(all, latencyMs);
        return all;
    }

    private List<String> met(String constraints) {
        Knowledge knowledge = new Knowledge() {
            @Override
            public Beliefs beliefs() {
                return Beliefs.none(Tuning.DEFAULT, beliefs);
            }

            @Override
            public Experience experience() {
                return new Experience(calls);
            }

            @Override
            public Spend spend(String project, ZonedDateTime at) {
                throw new AssertionError("nobody asks");
            }
        };
        notes.clear();
        return new Demands(CATALOGUE, new Estimator(1_000)).met(
                Some.request("{'prompt':'x','constraints':{" + constraints + "}}"),
                List.of(CATALOGUE.require("", OPUS), CATALOGUE.require("", SONNET), CATALOGUE.require("", HAIKU)),
                knowledge, GENERAL, notes).stream().map(Model::id).toList();
    }

    @Test
    void aModelThatIsTooSlowIsLeftOutAndNothingIsRelaxed() {
        answered(GENERAL, OPUS, always(5_000)).answered(GENERAL, SONNET, always(1_010))
                .answered(GENERAL, HAIKU, always(990));

        assertThat(met("'maxLatencyMs':1000")).containsExactly(HAIKU);
        assertThat(notes).isEmpty();
        assertThat(met("'maxLatencyMs':1020")).containsExactly(SONNET, HAIKU);
        assertThat(met("")).as("nobody demands it").containsExactly(OPUS, SONNET, HAIKU);
    }

    @Test
    void nineOfTenAnswersMustComeInTimeNotTheMeanOne() {
        answered(GENERAL, OPUS, 500, 2_000, 500, 2_000, 500, 2_000).answered(GENERAL, SONNET, always(1_000))
                .answered(GENERAL, HAIKU, always(1_000));

        assertThat(met("'maxLatencyMs':1500")).containsExactly(SONNET, HAIKU);
        assertThat(met("'maxLatencyMs':2500")).containsExactly(OPUS, SONNET, HAIKU);
    }

    @Test
    void whereNoModelIsSoFastTheFastestServesAndTheDecisionSaysSo() {
        answered(GENERAL, OPUS, always(5_000)).answered(GENERAL, SONNET, always(2_000))
                .answered(GENERAL, HAIKU, always(3_000));

        assertThat(met("'maxLatencyMs':1000")).containsExactly(SONNET);
        assertThat(notes).singleElement().asString()
                .startsWith("maxLatencyMs 1000 relaxed: ").endsWith("the fastest one serves");
    }

    @Test
    void aModelWhoseLatencyIsNotKnownMayBeTriedAndIsNamed() {
        answered(GENERAL, OPUS, always(5_000)).answered(GENERAL, SONNET, always(900))
                .answered(GENERAL, HAIKU, 9_000, 9_000);

        assertThat(met("'maxLatencyMs':1000")).as("two answers tell nothing yet").containsExactly(SONNET, HAIKU);
        assertThat(notes).containsExactly("maxLatencyMs 1000: not known yet of " + HAIKU);
        calls.clear();
        assertThat(met("'maxLatencyMs':1000")).containsExactly(OPUS, SONNET, HAIKU);
        assertThat(notes).containsExactly("maxLatencyMs 1000: not known yet of " + OPUS + ", " + SONNET + ", " + HAIKU);
    }

    @Test
    void itIsTheLatencyInThisKindOfRequestWhereThatIsKnown() {
        answered(OTHER, OPUS, always(100)).answered(OTHER, SONNET, always(100)).answered(OTHER, HAIKU, always(9_000));
        answered(GENERAL, OPUS, always(9_000));

        assertThat(met("'maxLatencyMs':1000")).containsExactly(SONNET);
        assertThat(notes).isEmpty();
    }

    /** Else the fastest model would serve though it is not good enough. */
    @Test
    void theFastestIsSoughtAmongThoseThatAreGoodEnough() {
        beliefs.put(OPUS, new Posterior(950, 50, 0));
        beliefs.put(SONNET, new Posterior(1, 1, 0));
        beliefs.put(HAIKU, new Posterior(200, 800, 0));
        answered(GENERAL, OPUS, always(5_000)).answered(GENERAL, SONNET, always(100))
                .answered(GENERAL, HAIKU, always(100));

        assertThat(met("'minQuality':0.9,'maxLatencyMs':1000")).containsExactly(OPUS);
        assertThat(notes).hasSize(2);
        assertThat(notes.get(0)).startsWith("minQuality 0.9 leaves " + OPUS + ": ");
        assertThat(notes.get(1)).startsWith("maxLatencyMs 1000 relaxed: ");
    }
}
