package conduit.request;

import conduit.Some;
import conduit.request.SimilarPairs.Pair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;
import java.util.Random;
import java.util.function.Function;

import static org.assertj.core.api.Assertions.assertThat;

/** Guards against answers that are blamed because their user asked something else, and against a hash that drifts. */
class SimilarityHashTest {

    /** Pairs of each kind; {@code -Dsimilarity.pairs=4000} prints what docs/decisions.md says. */
    private static final int PAIRS = Integer.getInteger("similarity.pairs", 150);

    private static boolean alike(String one, String other) {
        return SimilarityHash.alike(SimilarityHash.of("f", one), SimilarityHash.of("f", other));
    }

    private static double share(Map<String, Function<Random, Pair>> kinds, String kind) {
        Random random = new Random(1);
        int alike = 0;
        int pairs = 0;
        while (pairs < PAIRS) {
            Pair pair = kinds.get(kind).apply(random);
            if (!pair.one().equals(pair.other())) {
                alike += alike(pair.one(), pair.other()) ? 1 : 0;
                pairs++;
            }
        }
        if (PAIRS > 1_000) {
            System.out.printf("%-50s %6.2f %%%n", kind, 100.0 * alike / pairs);
        }
        return (double) alike / pairs;
    }

    @Test
    void whatIsNearlyTheSameIsOftenFound() {
        assertThat(SimilarPairs.same().keySet()).allSatisfy(kind -> assertThat(share(SimilarPairs.same(), kind)).as(kind)
                .isGreaterThan(switch (kind) {
                    case "case and spaces", "\"please\" added" -> 0.999;
                    case "a typo in 60 words", "a typo in 2,000 words" -> 0.8;
                    case "a word more in a question behind 2,000 words" -> 0.4;
                    default -> 0.05;
                }));
    }

    @Test
    void whatIsDifferentIsHardlyEverTakenForTheSame() {
        assertThat(SimilarPairs.different().keySet()).allSatisfy(kind -> assertThat(share(SimilarPairs.different(), kind))
                .as(kind).isLessThan(0.07));
    }

    @ParameterizedTest
    @CsvSource({"What is 2+2?, What is 2+3?", "What is 5-3 in words?, What is 5*3 in words?",
            "Convert 3.5 miles to kilometres, Convert 35 miles to kilometres", "Ticket 4711: the printer is broken, "
            + "Ticket 4712: the printer is broken"})
    void otherFiguresAreAnotherQuestion(String one, String other) {
        assertThat(alike(one, other)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"What is 2+2?, 'what  is 2 + 2'", "What is 2+2?, 'Hello! What is 2+2, please?'",
            "Wie spät ist es in München?, 'WIE SPA\u0308T IST ES IN MU\u0308NCHEN'", "法国的首都是什么城市？, 法国的首都是什么城市",
            "Ｗｈａｔ is the capital of Peru, What is the capital of Peru"})
    void whatDoesNotCountChangesNothing(String one, String other) {
        assertThat(SimilarityHash.of("f", one)).isEqualTo(SimilarityHash.of("f", other));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "Hi", "ping", "Hello, thank you!", "\ud83d\ude00", "\ud83d", "???!!!…", "请继续"})
    void aTextThatSaysTooLittleHasNoHash(String text) {
        assertThat(SimilarityHash.of("f", text)).isNull();
    }

    @Test
    void anotherFrameIsNeverAlike() {
        long one = SimilarityHash.of("ann", "Tell me about the bicycles of Berlin");
        for (int i = 0; i < 1_000; i++) {
            assertThat(Long.bitCount(one ^ SimilarityHash.of("user " + i, "Tell me about the bicycles of Berlin")))
                    .isGreaterThan(2 * SimilarityHash.THRESHOLD);
        }
    }

    @Test
    void aPromptIsComparedWithinProjectUserSystemPromptAndAgentType() {
        String base = "'prompt':'Tell me about the bicycles of Berlin','user':'ann'";
        Long hash = Some.request("{" + base + "}").similarity();
        assertThat(Some.request("{" + base + ",'id':'other','session':'s','flags':['x']}").similarity()).isEqualTo(hash);
        assertThat(Some.request("{" + base + ",'project':'q'}").similarity()).isNotEqualTo(hash);
        assertThat(Some.request("{" + base + ",'system':'Be brief'}").similarity()).isNotEqualTo(hash);
        assertThat(Some.request("{" + base + ",'agent':{'id':'a','type':'translator'}}").similarity()).isNotEqualTo(hash);
        assertThat(Some.request("{'prompt':'Tell me about the bicycles of Berlin'}").similarity()).isNull();
    }

    @Test
    void anyTextHasAHashAndALongOneIsNotReadAsAWhole() {
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            StringBuilder text = new StringBuilder("some letters and ");
            for (int k = random.nextInt(300); k > 0; k--) {
                text.append((char) random.nextInt(Character.MAX_VALUE));
            }
            assertThat(SimilarityHash.of("f", text.toString())).isEqualTo(SimilarityHash.of("f", text.toString()));
        }
        String end = "word after word ".repeat(2_000);
        assertThat(SimilarityHash.of("f", end + "a".repeat(3 << 20) + end))
                .isEqualTo(SimilarityHash.of("f", end + "b".repeat(3 << 20) + end));
    }

    @Test
    void theHashIsTheSameInEveryVersion() {
        assertThat(SimilarityHash.of("frame", "What is the capital of France, and how many people live there?"))
                .isEqualTo(-5_577_476_695_641_963_293L);
    }
}
