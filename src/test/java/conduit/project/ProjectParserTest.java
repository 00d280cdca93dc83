package conduit.project;

import conduit.Some;
import conduit.project.Project.CostLimits;
import conduit.project.Project.Features;
import conduit.project.Project.OnLimit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;
import java.util.List;

import static conduit.Some.project;
import static org.assertj.core.api.Assertions.assertThat;

class ProjectParserTest {

    private static final String RULE = "{'name':'R','targetModel':'claude-opus-5-5',"
            + "'conditions':{'type':'AND','rules':[{'field':'tokenCount','operator':'>','value':5}]}}";

    @Test
    void whatIsLeftOutGetsItsDefault() {
        assertThat(project("{'defaultModel':'claude-opus-5-5'}")).isEqualTo(new Project("p", true, "claude-opus-5-5",
                List.of(), new CostLimits(null, null), new Features(true, true, true), OnLimit.BLOCK, 100, false,
                null, null));
    }

    @Test
    void everyFieldIsRead() {
        Project project = project("""
                {'id':'p','enabled':false,'defaultModel':'claude-haiku-5-5','costLimits':{'daily':1.5,'monthly':20},
                 'features':{'autoRouting':false,'costTracking':false,'usageAnalytics':false},'onLimit':'degrade',
                 'rollout':0,'storePrompts':true,'fallback':['claude-opus-5-5'],'minQuality':0.5,'routingRules':[{'id':'a','name':'R','enabled':false,
                 'priority':-7,'targetModel':'claude-opus-5-5','conditions':{'rules':[{'field':'user','operator':'=',
                 'value':'x'}]}},%s]}""".formatted(RULE));

        assertThat(project).usingRecursiveComparison().ignoringFields("routingRules").isEqualTo(new Project("p", false,
                "claude-haiku-5-5", List.of(), new CostLimits(new BigDecimal("1.5"), new BigDecimal("20")),
                new Features(false, false, false), OnLimit.DEGRADE, 0, true,
                List.of("claude-opus-5-5"), 0.5));
        assertThat(project.routingRules()).extracting(ProjectRule::id, ProjectRule::enabled, ProjectRule::priority)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("a", false, -7),
                        org.assertj.core.groups.Tuple.tuple("rule-2", true, 0));
    }

    @Test
    void onlyAProjectThatIsNotEnabledNeedsNoDefaultModel() {
        assertThat(project("{'enabled':false}").defaultModel()).isNull();
        var problem = Some.problem(() -> project("{'enabled':true}"));
        assertThat(problem.more()).containsEntry("field", "defaultModel");
        assertThat(problem.detail()).startsWith("defaultModel is missing").contains(Some.CATALOGUE.ids());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'id':'q'                                  | id
            'enabled':1                               | enabled
            'defaultModel':'opus'                     | defaultModel
            'fallback':['opus']                       | fallback
            'fallback':'claude-opus-5-5'              | fallback
            'fallback':['claude-haiku-5-5','claude-haiku-5-5'] | fallback
            'costLimits':5                            | costLimits
            'costLimits':{'daily':-0.01}              | costLimits.daily
            'costLimits':{'monthly':-1}               | costLimits.monthly
            'costLimits':{'daily':'5'}                | costLimits.daily
            'costLimits':{'daily':5.01,'monthly':5}   | costLimits.daily
            'costLimits':{'monthly':1000000}          | costLimits.monthly
            'features':[]                             | features
            'features':{'autoRouting':'on'}           | features.autoRouting
            'onLimit':'BLOCK'                         | onLimit
            'rollout':101                             | rollout
            'rollout':-1                              | rollout
            'storePrompts':'no'                       | storePrompts
            'minQuality':1.01                         | minQuality
            'routingRules':{}                         | routingRules
            'routingRules':['x']                      | routingRules
            """)
    void aBadValueNamesItsField(String member, String field) {
        String model = member.contains("defaultModel") ? "" : "'defaultModel':'claude-opus-5-5',";
        var problem = Some.problem(() -> project("{" + model + member + "}"));

        assertThat(problem.kind().status()).isEqualTo(400);
        assertThat(problem.more()).containsEntry("field", field);
        assertThat(problem.detail()).startsWith(field);
    }

    /** In a list of ten, "a list with each model once" leaves the reader to find it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [1]                                                           | fallback[0] is 1; it must be a text.
            ['claude-opus-5-5',null]                                      | fallback[1] is null; it must be a text.
            [['x']]                                                       | fallback[0] is a list; it must be a text.
            ['claude-opus-5-5','claude-haiku-5-5','claude-opus-5-5']      | fallback names claude-opus-5-5 twice; it must be a list with each model once.
            """)
    void theElementOfFallbackThatIsWrongIsNamed(String fallback, String detail) {
        assertThat(Some.problem(() -> project("{'defaultModel':'claude-opus-5-5','fallback':" + fallback + "}")).detail())
                .isEqualTo(detail);
    }

    @Test
    void aDailyLimitMayEqualTheMonthlyOne() {
        assertThat(project("{'defaultModel':'claude-opus-5-5','costLimits':{'daily':5.00,'monthly':5}}").costLimits()
                .daily()).isEqualByComparingTo("5");
        assertThat(project("{'defaultModel':'claude-opus-5-5','costLimits':{'daily':0,'monthly':null}}").costLimits()
                .daily()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'name':'R'                  | 'x':'R'                    | name
            'name':'R'                  | 'name':' '                 | name
            'targetModel':'claude-opus-5-5' | 'x':1                  | targetModel
            'targetModel':'claude-opus-5-5' | 'targetModel':'opus'   | targetModel
            'conditions'                | 'condition'                | conditions
            'rules'                     | 'rule'                     | conditions.rules
            'name':'R'                  | 'name':'R','priority':1.5  | priority
            'name':'R'                  | 'name':'R','id':'a b'      | id
            'name':'R'                  | 'name':'R','enabled':'yes' | enabled
            """)
    void aRuleNeedsNameTargetModelAndACondition(String good, String bad, String field) {
        var problem = Some.problem(() -> project("{'defaultModel':'claude-opus-5-5','routingRules':["
                + RULE.replace(good, bad) + "]}"));

        assertThat(problem.kind().status()).isEqualTo(400);
        assertThat(problem.more()).containsEntry("field", "routingRules[0]." + field);
    }

    @Test
    void twoRulesMayNotShareAnId() {
        String named = RULE.replace("'name'", "'id':'a','name'");

        assertThat(Some.problem(() -> project("{'defaultModel':'claude-opus-5-5','routingRules':[" + named + ","
                + named + "]}")).detail()).contains("routingRules[1].id is \"a\"", "different");
    }

    @Test
    void theApiShowsLimitsAlsoWhenTheyAreNull() {
        assertThat(conduit.json.Json.write(ProjectJson.write(project("{'defaultModel':'claude-opus-5-5'}"))))
                .contains("\"costLimits\":{\"daily\":null,\"monthly\":null}", "\"onLimit\":\"block\"");
    }
}
