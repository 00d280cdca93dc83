package conduit.project;

import conduit.Some;
import conduit.json.Fields;
import conduit.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

class ConditionsTest {

    private static void check(String json) {
        Conditions.check(Fields.of(Json.object(json.replace('\'', '"'))));
    }

    private static String one(String field, String operator, String value) {
        return "{'field':'" + field + "','operator':'" + operator + "','value':" + value + "}";
    }

    @ParameterizedTest
    @ValueSource(strings = {">", "<", ">=", "<=", "=", "equals", "!="})
    void aNumberIsCompared(String operator) {
        for (String field : Conditions.NUMBERS) {
            assertThatCode(() -> check("{'rules':[" + one(field, operator, "1.5") + "]}")).doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"=", "equals", "!=", "contains", "matches"})
    void aTextIsComparedOrSearched(String operator) {
        for (String field : Conditions.TEXTS) {
            assertThatCode(() -> check("{'rules':[" + one(field, operator, "'x'") + "]}")).doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            tokenCount | >        | '5'     | value
            tokenCount | contains | 5       | operator
            tokenCount | matches  | 5       | operator
            hour       | =        | null    | value
            hour       | =        | true    | value
            prompt     | >        | 'a'     | operator
            prompt     | <=       | 'a'     | operator
            prompt     | =        | 5       | value
            prompt     | matches  | '(a'    | value
            prompt     | matches  | '*'     | value
            flags      | matches  | 'a'     | operator
            flags      | >=       | 'a'     | operator
            flags      | contains | ['a']   | value
            user       | ==       | 'a'     | operator
            user       | EQUALS   | 'a'     | operator
            user       | in       | 'a'     | operator
            metadata   | =        | 'a'     | field
            tokens     | >        | 5       | field
            Prompt     | =        | 'a'     | field
            """)
    void aFieldTakesOnlyWhatFitsIt(String field, String operator, String value, String at) {
        var problem = Some.problem(() -> check("{'type':'AND','rules':[" + one("user", "=", "'x'") + ","
                + one(field, operator, value) + "]}"));

        assertThat(problem.kind().status()).isEqualTo(400);
        assertThat(problem.more()).containsEntry("field", "rules[1]." + at);
    }

    @Test
    void conditionsNestAndNameTheirWay() {
        String inner = "{'type':'OR','rules':[" + one("user", "=", "'x'") + "," + one("hour", "<", "6") + "]}";

        assertThatCode(() -> check("{'type':'AND','rules':[" + inner + "," + inner + "]}")).doesNotThrowAnyException();
        assertThat(Some.problem(() -> check("{'rules':[{'rules':[{'rules':[" + one("x", "=", "1") + "]}]}]}")).more())
                .containsEntry("field", "rules[0].rules[0].rules[0].field");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'type':'AND'}", "{'type':'AND','rules':[]}", "{'type':'AND','rules':[{'rules':[]}]}"})
    void thereIsAtLeastOneCondition(String json) {
        assertThat(Some.problem(() -> check(json)).detail()).contains("rules");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'and'", "'XOR'", "1"})
    void theTypeIsAndOrOr(String type) {
        assertThat(Some.problem(() -> check("{'type':" + type + ",'rules':[" + one("user", "=", "'x'") + "]}")).more())
                .containsEntry("field", "type");
    }

    @Test
    void nestingEnds() {
        String deep = one("user", "=", "'x'");
        for (int i = 0; i < 11; i++) {
            deep = "{'rules':[" + deep + "]}";
        }
        String tooDeep = deep;

        assertThat(Some.problem(() -> check(tooDeep)).detail()).contains("nested at most 10 deep");
    }

    /** Each is sound by itself, but not where it is put into a longer expression. */
    @ParameterizedTest
    @ValueSource(strings = {"'\\\\Qa'", "'(?x)a #'"})
    void anExpressionThatEndsOpenIsRefusedWhenItIsSavedNotWhenARequestComes(String value) {
        String json = "{'defaultModel':'claude-opus-5-5','routingRules':[{'name':'R','targetModel':'claude-opus-5-5',"
                + "'conditions':{'rules':[" + one("prompt", "matches", value) + "]}}]}";

        assertThat(Some.problem(() -> Some.project(json)).kind().status()).isEqualTo(400);
    }
}
