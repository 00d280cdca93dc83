package conduit.learning;

import conduit.Some;
import conduit.claude.Billed;
import conduit.claude.Outcome;
import conduit.feedback.Lessons;
import conduit.ledger.Accountant;
import conduit.ledger.OnEachDatabase;
import conduit.ledger.Run;
import conduit.ledger.Stores;
import conduit.model.Model;
import conduit.model.Tokens;
import conduit.routing.Estimator;
import conduit.routing.Routed;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** How long answers are and how long they take is known of the model that was asked, whatever else the bill names. */
class LearntUsageTest {

    private static final String ASKED = "asked-model";

    private static void learn(Stores on, Billed... bill) {
        Routed some = Stores.routed(Learning.id(), "learnt-usage", "0.5", Stores.NOON);
        Model model = new Model(ASKED, some.model().prices(), 100, true, 1, 1, null);
        Run run = on.accept(new Routed(some.request(), some.project(), model, some.decision(), some.estimate(), List.of(),
                some.at()));
        new Lessons(on.beliefs, on.experiences, Some.CATALOGUE, new Estimator(100), on.transaction).learn(
                new Accountant(Some.CATALOGUE).complete(run, new Outcome.Answered("text", List.of(bill), 42, "session")));
    }

    private static Billed billed(String model, long output) {
        return new Billed(model, Tokens.of(10, output), new BigDecimal("0.01"));
    }

    /** Else a helper would seem as slow as the model that it helped, and a model that is told with a date stay unknown. */
    @OnEachDatabase
    void helpersAndOtherNamesLearnNothing(Stores on) {
        learn(on, billed("helper-model", 3), billed(ASKED, 20));
        learn(on, billed(ASKED + "-20260101", 30));
        List<Map<String, Object>> rows = on.jdbc.sql("select model, answers, output_tokens from model_usage where model in "
                + "('asked-model', 'asked-model-20260101', 'helper-model')").query().listOfRows();
        assertThat(rows).hasSize(1);
        assertThat(Stream.of("model", "answers", "output_tokens").map(rows.get(0)::get))
                .containsExactly(ASKED, 1 * 0.999 + 1, 20 * 0.999 + 30);
    }
}
