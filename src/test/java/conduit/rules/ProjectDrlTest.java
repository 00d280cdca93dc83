package conduit.rules;

import conduit.Some;
import conduit.json.Json;
import conduit.project.Project;
import conduit.rules.engine.Deciding;
import conduit.rules.engine.RuleOutcome;
import conduit.rules.fact.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A project's rules in their JSON form, through the evaluator that files use. */
class ProjectDrlTest {

    private static final String FULL = "{'id':'r-9','project':'team','prompt':'one\\ntwo Three','system':'syst','user':'ann',"
            + "'session':'s','category':'c','flags':['urgent','a b'],'agent':{'id':'bot','type':'research'}}";

    private static RuleOutcome decide(String conditions, String request) {
        Project project = Some.project("{'defaultModel':'claude-opus-5-5','routingRules':[{'name':'R','priority':3,"
                + "'targetModel':'claude-haiku-5-5','conditions':" + conditions + "}]}");
        return Deciding.ask(Deciding.compile(ProjectDrl.write(project).orElseThrow()), request);
    }

    private static boolean holds(String field, String operator, String value, String request) {
        return decide("{'rules':[{'field':'" + field + "','operator':'" + operator + "','value':" + value + "}]}",
                request).model() != null;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            tokenCount | >        | 4         | true
            tokenCount | >        | 5         | false
            tokenCount | >=       | 5         | true
            tokenCount | <        | 5.5       | true
            tokenCount | <=       | 4.999     | false
            tokenCount | =        | 5         | true
            tokenCount | equals   | 5.0       | true
            tokenCount | !=       | 5         | false
            tokenCount | >        | -1        | true
            hour       | =        | 12        | true
            hour       | <        | 6         | false
            dailySpendUsd   | >   | 1.4999    | true
            dailySpendUsd   | =   | 1.5       | true
            monthlySpendUsd | <   | 1e3       | true
            id         | =        | 'r-9'     | true
            project    | equals   | 'team'    | true
            prompt     | contains | 'two'     | true
            prompt     | contains | 'three'   | false
            message    | contains | 'Three'   | true
            message    | matches  | 'two'     | true
            message    | matches  | '^two'    | false
            message    | matches  | 'THREE'   | false
            message    | matches  | '(?i)THREE' | true
            message    | matches  | '^one'    | true
            message    | matches  | 'Three$'  | true
            message    | matches  | 'one.two' | false
            message    | matches  | 'one\\\\stwo' | true
            message    | matches  | '\\\\d'   | false
            system     | !=       | 'x'       | true
            agentId    | =        | 'bot'     | true
            agentType  | =        | 'research' | true
            agentType  | =        | 'Research' | false
            agentType  | contains | 'sear'    | true
            session    | =        | 's'       | true
            user       | !=       | 'ann'     | false
            category   | matches  | '^c$'     | true
            inlet      | =        | 'http'    | true
            dayOfWeek  | =        | 'SATURDAY' | true
            flags      | contains | 'urgent'  | true
            flags      | contains | 'urg'     | false
            flags      | contains | 'a b'     | true
            flags      | =        | 'urgent'  | true
            flags      | !=       | 'urgent'  | false
            flags      | !=       | 'Urgent'  | true
            """)
    void eachFieldAndOperator(String field, String operator, String value, boolean holds) {
        assertThat(holds(field, operator, value, FULL)).isEqualTo(holds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"agentId", "agentType", "session", "user", "category"})
    void aMissingFieldSatisfiesOnlyNotEqual(String field) {
        for (String operator : new String[] {"=", "equals", "contains", "matches"}) {
            assertThat(holds(field, operator, operator.equals("matches") ? "'.*'" : "''", "{'prompt':'x'}"))
                    .as(operator).isFalse();
        }
        assertThat(holds(field, "!=", "'x'", "{'prompt':'x'}")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"say \"hi\"", "C:\\users\\new", "back\\", "a\nb", "a\tb", "a\r\nb", "$x ${y} #{z} @{w}",
            "grün 日本語 👩‍🔬", "\\u0041", "'single'", "// no comment /* */", "\") ; System.exit(1); //", "end\nthen\nrule",
            "\\n", "%s {} []", "a\u2028b", "a\f\bb"})
    void aValueIsComparedAsItIs(String value) {
        String json = Json.write(value);
        String request = "{\"prompt\":" + json + ",\"user\":\"x\"}";
        String other = "{\"prompt\":" + Json.write(value + "!") + "}";

        for (String operator : new String[] {"=", "contains"}) {
            String conditions = "{\"rules\":[{\"field\":\"prompt\",\"operator\":\"" + operator + "\",\"value\":" + json
                    + "}]}";
            assertThat(raw(conditions, request)).as(operator).isTrue();
            assertThat(raw(conditions, other)).isEqualTo(operator.equals("contains"));
        }
        assertThat(raw("{\"rules\":[{\"field\":\"prompt\",\"operator\":\"matches\",\"value\":"
                + Json.write("^" + java.util.regex.Pattern.quote(value) + "$") + "}]}", request)).isTrue();
    }

    private static boolean raw(String conditions, String request) {
        Project project = new conduit.project.ProjectParser(Some.CATALOGUE).parse("p", "{\"defaultModel\":"
                + "\"claude-opus-5-5\",\"routingRules\":[{\"name\":\"R\",\"targetModel\":\"claude-haiku-5-5\","
                + "\"conditions\":" + conditions + "}]}");
        var asked = new conduit.request.RequestParser(Some.CATALOGUE, 100_000).json(request, Some.HTTP);
        return Deciding.compile(ProjectDrl.write(project).orElseThrow()).decide(new Request(asked,
                conduit.rules.fact.Circumstances.of(asked, Deciding.NOON, java.math.BigDecimal.ZERO,
                        java.math.BigDecimal.ZERO))).model() != null;
    }

    @ParameterizedTest
    @ValueSource(strings = {"'N \\\"quoted\\\"'", "'back\\\\'", "'\\\\u0041'", "'a\\nb'", "'a\\rb'", "'end then rule'"})
    void aRulesNameIsKeptAsItsReason(String name) {
        Project project = Some.project("{'defaultModel':'claude-opus-5-5','routingRules':[{'name':" + name
                + ",'targetModel':'claude-haiku-5-5','conditions':{'rules':[{'field':'hour','operator':'>=','value':0}]}}]}");

        assertThat(Deciding.ask(Deciding.compile(ProjectDrl.write(project).orElseThrow()), "{'prompt':'x'}").reason())
                .isEqualTo(project.routingRules().get(0).name());
    }

    @Test
    void conditionsAreJoinedByAndOrAndNested() {
        String yes = "{'field':'user','operator':'=','value':'ann'}";
        String no = "{'field':'user','operator':'=','value':'bob'}";

        assertThat(decide("{'rules':[" + yes + "," + no + "]}", FULL).model()).isNull();
        assertThat(decide("{'type':'AND','rules':[" + yes + "," + yes + "]}", FULL).model()).isNotNull();
        assertThat(decide("{'type':'OR','rules':[" + no + "," + yes + "]}", FULL).model()).isNotNull();
        assertThat(decide("{'type':'OR','rules':[" + no + ",{'type':'AND','rules':[" + yes + "," + no + "]}]}", FULL)
                .model()).isNull();
        assertThat(decide("{'rules':[" + yes + ",{'type':'OR','rules':[" + no + "," + yes + "]}]}", FULL).model())
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"AND", "OR"})
    void conditionsMayBeNestedAsDeepAsTheFormAllows(String type) {
        String conditions = "{'rules':[{'field':'user','operator':'matches','value':'a.n'},"
                + "{'field':'flags','operator':'contains','value':'urgent'}]}";
        for (int level = 2; level <= 10; level++) {
            conditions = "{'type':'" + type + "','rules':[{'field':'hour','operator':'"
                    + (type.equals("AND") ? ">" : "<") + "','value':-1}," + conditions + "]}";
        }

        assertThat(decide(conditions, FULL.replace("'ann'", "'aun'")).model()).isNotNull();
        assertThat(decide(conditions, FULL.replace("'ann'", "'bob'").replace("urgent", "x")).model()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"999999999", "-999999999", "0.123456789", "5.5", "-0.5"})
    void aNumberOfAnySizeIsCompared(String value) {
        assertThat(holds("tokenCount", "<", value, FULL)).isEqualTo(new java.math.BigDecimal(value)
                .compareTo(java.math.BigDecimal.valueOf(5)) > 0);
    }

    @Test
    void onlyEnabledRulesAreWritten() {
        assertThat(ProjectDrl.write(Some.project("{'defaultModel':'claude-opus-5-5','routingRules':[{'name':'R',"
                + "'enabled':false,'targetModel':'claude-haiku-5-5','conditions':{'rules':[{'field':'hour','operator':'>=',"
                + "'value':0}]}}]}"))).isEmpty();
        assertThat(ProjectDrl.write(Some.project("{'defaultModel':'claude-opus-5-5'}"))).isEmpty();
    }

    /** The engine indexes equality, and a text is read last: written first, each decision would read the whole text. */
    @Test
    void whatTheEngineCanIndexIsWrittenFirst() {
        Project project = Some.project("{'defaultModel':'claude-opus-5-5','routingRules':[{'name':'R',"
                + "'targetModel':'claude-haiku-5-5','conditions':{'type':'AND','rules':["
                + "{'field':'message','operator':'matches','value':'x+'},{'field':'prompt','operator':'contains','value':'x'},"
                + "{'type':'OR','rules':[{'field':'prompt','operator':'contains','value':'y'},"
                + "{'field':'user','operator':'=','value':'ann'}]},{'field':'tokenCount','operator':'>','value':5},"
                + "{'field':'agentType','operator':'equals','value':'chat'}]}}]}");

        assertThat(ProjectDrl.write(project).orElseThrow().text()).contains("Request( agentType == \"chat\" && "
                + "tokenCount > 5 && ( prompt contains \"y\" || user == \"ann\" ) && prompt contains \"x\" && "
                + "message matches \"(?s:.*)(?:x+)(?s:.*)\" )");
    }
}
