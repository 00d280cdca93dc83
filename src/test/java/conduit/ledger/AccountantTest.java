package conduit.ledger;

import conduit.Some;
import conduit.claude.Billed;
import conduit.claude.Failure;
import conduit.claude.Outcome;
import conduit.model.Tokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What a run cost is computed from tokens and prices, never taken on trust and never free. */
class AccountantTest {

    private static final String SONNET = "claude-sonnet-5-5";
    private static final Run RUN = new Run(Stores.routed("a", "a", "0.25", Stores.NOON), 1,
            Stores.NOON.toLocalDate());

    private static UsageRow row(Billed... billed) {
        return answered(billed).usage().get(0);
    }

    private static Completion answered(Billed... billed) {
        return new Accountant(Some.CATALOGUE).complete(RUN, new Outcome.Answered("text", List.of(billed), 1, "s"));
    }

    private static Billed billed(String model, Tokens tokens, String cli) {
        return new Billed(model, tokens, cli == null ? null : new BigDecimal(cli));
    }

    @ParameterizedTest
    @CsvSource({"1000000,0,0,0,0, 2", "0,1000000,0,0,0, 10", "0,0,1000000,0,0, 0.1", "0,0,0,1000000,0, 2.5",
        "0,0,0,0,1000000, 4", "7,11,13,17,19, 0.000244", "1,0,0,0,0, 0.000002", "0,0,4,0,0, 0"})
    void everyKindOfTokenHasItsOwnPrice(long in, long out, long read, long write5m, long write1h, BigDecimal cost) {
        UsageRow row = row(billed(SONNET, new Tokens(in, out, read, write5m, write1h), cost.toPlainString()));

        assertThat(row.costUsd()).isEqualByComparingTo(cost).hasScaleOf(6);
        assertThat(row.differs()).isFalse();
        assertThat(row.estimated()).isFalse();
    }

    /** Four requests of 40,000 tokens look like one of 160,000: the CLI, which sums them up, knows that none was long. */
    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {"0.018, 0.018", "0.09, 0.09", "0.05, 0.05", "-, 0.09", "0.0179, 0.09", "0.0901, 0.09"})
    void whichOfSeveralPromptsWereLongIsTheClisWordWithinTheCatalogue(String cli, BigDecimal cost) {
        assertThat(row(billed("claude-haiku-5-5", Tokens.of(160_000, 4_000), cli)).costUsd()).isEqualByComparingTo(cost);
    }

    @ParameterizedTest
    @CsvSource({"0.0100, false", "0.01005, false", "0.0101, false", "0.010102, true", "0.0099, false", "0.009898, true",
        "0, true"})
    void aDifferenceOfMoreThanAHundredthFromTheCliIsMarked(String cli, boolean differs) {
        UsageRow row = row(billed(SONNET, Tokens.of(0, 1000), cli));

        assertThat(row.costUsd()).isEqualByComparingTo("0.01");
        assertThat(row.cliCost()).isEqualByComparingTo(cli);
        assertThat(row.differs()).isEqualTo(differs);
    }

    @Test
    void theRoundingOfAMicroDollarIsNoDifference() {
        assertThat(row(billed("claude-haiku-5-5", Tokens.of(0, 1), "0.0000014")).differs()).isFalse();
    }

    @Test
    void aModelThatRanInPlaceOfTheOneAskedIsPricedAsItself() {
        UsageRow row = row(billed("claude-opus-5-5", Tokens.of(0, 1000), "0.02"));

        assertThat(row.model()).isEqualTo("claude-opus-5-5");
        assertThat(row.costUsd()).isEqualByComparingTo("0.02");
    }

    @Test
    void aModelWithoutAPriceHereIsBookedAtTheClisFigureAsAnEstimate() {
        UsageRow row = row(billed("claude-next-6", Tokens.of(0, 1000), "0.033"));

        assertThat(row.costUsd()).isEqualByComparingTo("0.033");
        assertThat(row.estimated()).isTrue();
    }

    @Test
    void aModelWithoutAnyPriceIsNeverFree() {
        for (String cli : new String[] {null, "0"}) {
            UsageRow row = row(billed("claude-next-6", Tokens.of(0, 1000), cli));

            assertThat(row.costUsd()).as("the dearest of the catalogue").isEqualByComparingTo("0.04");
            assertThat(row.estimated()).isTrue();
        }
    }

    @Test
    void whatAFailureMayHaveSpentIsItsWorstCaseBesideWhatItTold() {
        Completion done = new Accountant(Some.CATALOGUE).complete(RUN, new Outcome.Failed(Failure.TIMED_OUT, "",
                List.of(), 1, false));

        assertThat(done.costUsd()).isEqualByComparingTo("0.25");
        assertThat(done.usage()).singleElement().satisfies(row -> assertThat(row.estimated()).isTrue());
        assertThat(new Accountant(Some.CATALOGUE).complete(RUN, new Outcome.Failed(Failure.OVERLOADED, "", List.of(), 1,
                true)).usage()).isEmpty();
    }

    @Test
    void eachModelOfARunHasItsOwnRow() {
        Completion done = answered(billed(SONNET, Tokens.of(0, 1000), "0.01"),
                billed("claude-haiku-5-5", Tokens.of(0, 1000), "0.0005"));

        assertThat(done.usage()).extracting(UsageRow::part).containsExactly(0, 1);
        assertThat(done.costUsd()).isEqualByComparingTo("0.0105");
    }

    /** What a call that nobody wanted any more is put down at is priced as any other, and told to be an estimate. */
    @Test
    void anEstimateIsPricedAndToldAsOne() {
        Completion completion = new Accountant(Some.CATALOGUE).complete(RUN, new Outcome.Failed(Failure.CANCELLED, "",
                List.of(new Billed(SONNET, Tokens.of(1000, 100), null, true)), 1, true));
        assertThat(completion.usage()).hasSize(1);
        UsageRow row = completion.usage().get(0);
        assertThat(row.costUsd()).isEqualByComparingTo("0.003");
        assertThat(row.estimated()).isTrue();
        assertThat(row.differs()).isFalse();
    }
}
