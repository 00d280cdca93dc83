package conduit.json;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;

import static conduit.Some.problem;
import static org.assertj.core.api.Assertions.assertThat;

class FieldsTest {

    private static Fields of(String json) {
        return Fields.of(Json.object(json.replace('\'', '"')));
    }

    private static void refuses(ThrowingCallable call, String field, String detail) {
        var problem = problem(call);
        assertThat(problem.more()).containsEntry("field", field);
        assertThat(problem.detail()).isEqualTo(detail);
    }

    @Test
    void whatIsAbsentOrNullIsNull() {
        for (Fields in : new Fields[] {of("{}"), of("{'a':null}")}) {
            assertThat(in.has("a")).isFalse();
            assertThat(in.text("a")).isNull();
            assertThat(in.flag("a")).isNull();
            assertThat(in.integer("a", 0, 1)).isNull();
            assertThat(in.decimal("a", "", null, null)).isNull();
            assertThat(in.object("a")).isEmpty();
            assertThat(in.texts("a")).isNull();
            assertThat(in.objects("a")).isEmpty();
        }
    }

    @Test
    void eachReaderSaysWhatCameAndWhatIsAllowed() {
        refuses(() -> of("{'a':1}").text("a"), "a", "a is 1; it must be a text.");
        refuses(() -> of("{'a':'yes'}").flag("a"), "a", "a is \"yes\"; it must be true or false.");
        refuses(() -> of("{'a':{}}").texts("a"), "a", "a is an object; it must be a list of texts.");
        refuses(() -> of("{'a':['x',1]}").texts("a"), "a", "a[1] is 1; it must be a text.");
        refuses(() -> of("{'a':[null]}").texts("a"), "a", "a[0] is null; it must be a text.");
        refuses(() -> of("{'a':[['x']]}").texts("a"), "a", "a[0] is a list; it must be a text.");
        refuses(() -> of("{'a':['x']}").objects("a"), "a", "a[0] is \"x\"; it must be an object.");
        refuses(() -> of("{'a':true}").object("a"), "a", "a is true; it must be an object.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "11", "-1", "1.5", "5.0", "1e1", "'5'", "99999999999", "true", "[5]"})
    void aWholeNumberOutsideItsBoundsIsRefused(String value) {
        assertThat(problem(() -> of("{'n':" + value + "}").integer("n", 1, 10)).detail())
                .startsWith("n is ").endsWith("; it must be a whole number from 1 to 10.");
    }

    @Test
    void theBoundsThemselvesAreAllowed() {
        assertThat(of("{'n':1}").integer("n", 1, 10)).isEqualTo(1);
        assertThat(of("{'n':10}").integer("n", 1, 10)).isEqualTo(10);
        assertThat(of("{'n':0}").decimal("n", "", BigDecimal.ZERO, BigDecimal.ONE)).isZero();
        assertThat(of("{'n':1.000}").decimal("n", "", BigDecimal.ZERO, BigDecimal.ONE)).isOne();
        refuses(() -> of("{'n':1.0001}").decimal("n", "0 to 1", BigDecimal.ZERO, BigDecimal.ONE), "n",
                "n is 1.0001; it must be 0 to 1.");
    }

    @Test
    void fieldsInsideAreNamedByTheirWay() {
        Fields in = of("{'o':{'l':[{},{'x':1}]}}").object("o").orElseThrow().objects("l").get(1);

        refuses(() -> in.text("x"), "o.l[1].x", "o.l[1].x is 1; it must be a text.");
        refuses(() -> {
            throw in.wrong("y", "there");
        }, "o.l[1].y", "o.l[1].y is missing; it must be there.");
    }

    @Test
    void aLongValueIsShortenedInTheMessage() {
        String detail = problem(() -> of("{'a':'" + "x".repeat(5000) + "'}").flag("a")).detail();

        assertThat(detail).hasSizeLessThan(120).startsWith("a is a text (\"xxx").contains("…");
    }
}
