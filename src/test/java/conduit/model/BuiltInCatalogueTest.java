package conduit.model;

import conduit.Some;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;

import static conduit.Some.CATALOGUE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BuiltInCatalogueTest {

    /** Dollars a million tokens as the CLI's own table has them. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            claude-haiku-5-5,  .1, .5, .125, .2, .01
            claude-sonnet-5-5, 2, 10, 2.5, 4, .1
            claude-sonnet-5,   2, 10, 2.5, 4, .2
            claude-opus-5-5,   4, 20, 5, 8, .2
            claude-fable-5-2,  8, 40, 10, 16, .2
            claude-mythos-5-2, 8, 40, 10, 16, .2
            claude-haiku-4-5,  1, 5, 1.25, 2, .1
            claude-sonnet-4-0, 3, 15, 3.75, 6, .3
            claude-sonnet-4-5, 3, 15, 3.75, 6, .3
            claude-sonnet-4-6, 3, 15, 3.75, 6, .3
            claude-opus-4-5,   5, 25, 6.25, 10, .5
            claude-opus-4-6,   5, 25, 6.25, 10, .5
            claude-opus-4-7,   5, 25, 6.25, 10, .5
            claude-opus-4-8,   5, 25, 6.25, 10, .5
            claude-opus-5,     5, 25, 6.25, 10, .5
            """)
    void eachPriceIsTheClisAndTheCostIsExact(String id, BigDecimal input, BigDecimal output, BigDecimal write5m,
            BigDecimal write1h, BigDecimal read) {
        Prices prices = CATALOGUE.find(id).orElseThrow().prices();
        BigDecimal million = BigDecimal.valueOf(1_000_000);

        assertThat(prices.plain(Tokens.of(1_000_000, 0))).isEqualByComparingTo(input);
        assertThat(prices.plain(Tokens.of(0, 1_000_000))).isEqualByComparingTo(output);
        assertThat(prices.plain(new Tokens(0, 0, 1_000_000, 0, 0))).isEqualByComparingTo(read);
        assertThat(prices.plain(new Tokens(0, 0, 0, 1_000_000, 0))).isEqualByComparingTo(write5m);
        assertThat(prices.plain(new Tokens(0, 0, 0, 0, 1_000_000))).isEqualByComparingTo(write1h);
        assertThat(prices.plain(new Tokens(1, 3, 7, 11, 13)).multiply(million)).isEqualByComparingTo(
                input.add(output.multiply(BigDecimal.valueOf(3))).add(read.multiply(BigDecimal.valueOf(7)))
                        .add(write5m.multiply(BigDecimal.valueOf(11))).add(write1h.multiply(BigDecimal.valueOf(13))));
    }

    /** As the CLI bills it: at one model alone, beyond 100,000 prompt tokens of whatever kind, everything fivefold. */
    @ParameterizedTest
    @CsvSource({"claude-haiku-5-5, 100000, 0, 0, 0, .0105", "claude-haiku-5-5, 100001, 0, 0, 0, .0525005",
        "claude-haiku-5-5, 60000, 60000, 0, 0, .0355", "claude-haiku-5-5, 1000, 0, 150000, 0, .09675",
        "claude-haiku-5-5, 150000, 0, 0, 10000, .0875", "claude-sonnet-5-5, 900000, 0, 0, 0, 1.81"})
    void aLongPromptCostsMoreWhereTheCliSaysSo(String id, long in, long read, long write5m, long write1h, BigDecimal cost) {
        Tokens tokens = new Tokens(in, 1000, read, write5m, write1h);
        assertThat(CATALOGUE.find(id).orElseThrow().prices().cost(tokens)).isEqualByComparingTo(cost);
    }

    @Test
    void theTableIsWhole() {
        assertThat(CATALOGUE.ids()).hasSize(15).allMatch(id -> id.startsWith("claude-"));
        assertThat(CATALOGUE.byDefault().id()).isEqualTo("claude-sonnet-5-5");
        assertThat(CATALOGUE.baseline().id()).isEqualTo("claude-opus-5-5");
        assertThat(CATALOGUE.all().stream().filter(Model::auto).map(Model::id))
                .containsExactly("claude-haiku-5-5", "claude-sonnet-5-5", "claude-opus-5-5");
    }

    @Test
    void aTinyCallIsNotRoundedAway() {
        assertThat(CATALOGUE.find("claude-haiku-5-5").orElseThrow().prices().cost(new Tokens(0, 0, 1, 0, 0)))
                .isEqualByComparingTo("0.00000001");
    }

    @Test
    void anAliasIsNoModel() {
        assertThat(CATALOGUE.find("haiku")).isEmpty();
        var problem = Some.problem(() -> CATALOGUE.require("model", "opus"));
        assertThat(problem.kind().status()).isEqualTo(400);
        assertThat(problem.more()).containsEntry("field", "model");
        assertThat(problem.detail()).contains("\"opus\"").contains(CATALOGUE.ids());
    }

    @Test
    void tokensAddUpAndAreNeverNegative() {
        Tokens tokens = new Tokens(1, 2, 3, 4, 5);

        assertThat(tokens.cacheWrite()).isEqualTo(9);
        assertThat(tokens.total()).isEqualTo(15);
        assertThat(tokens.plus(tokens)).isEqualTo(new Tokens(2, 4, 6, 8, 10));
        assertThatThrownBy(() -> new Tokens(0, 0, 0, -1, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
