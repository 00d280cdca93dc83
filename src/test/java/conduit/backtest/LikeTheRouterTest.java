package conduit.backtest;

import conduit.Some;
import conduit.ledger.Recorded;
import conduit.ledger.RequestState;
import conduit.model.Tokens;
import conduit.problem.ProblemException;
import conduit.project.Project;
import conduit.request.LlmRequest;
import conduit.routing.Decision;
import conduit.routing.Eligible;
import conduit.routing.Router;
import conduit.routing.Source;
import conduit.rules.RuleBook;
import conduit.rules.engine.RuleSet;
import conduit.rules.fact.Circumstances;
import conduit.rules.fact.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static conduit.Some.CATALOGUE;
import static conduit.backtest.Trying.FALLBACK;
import static org.assertj.core.api.Assertions.assertThat;

/** What the router would decide live, the backtest decides from the record: on random requests with two sets of rules. */
class LikeTheRouterTest {

    private static final int REQUESTS = 2_000;
    private static final ZonedDateTime NOON = ZonedDateTime.parse("2026-11-21T12:00:00Z");
    private static final String OLD = """
            rule "deny" salience 9 when $route : Route() Request( flags contains "a", user == "u1" ) then $route.deny("no"); end
            rule "narrow" salience 8 when $route : Route() Request( flags contains "b" )
            then $route.among("small", "claude-haiku-5-5", "claude-sonnet-5-5"); end
            rule "to" salience 6 when $route : Route() Request( flags contains "c" )
            then $route.to("claude-opus-5-5", "flagged"); end
            rule "else" salience 5 when $route : Route() Request( category == "x" )
            then $route.to("claude-haiku-5-5", "x"); end
            """;
    private static final String NEW = OLD.replace("\"c\"", "\"d\"").replace("\"a\"", "\"b\"").replace("\"x\" )", "\"y\" )")
            + """
            rule "other" salience 7 when $route : Route() Request( flags contains "e" )
            then $route.among("others", "claude-opus-5-5", "claude-sonnet-5-5"); end
            """;

    @TempDir
    Path home;

    private RuleBook book(String name, String rules) throws Exception {
        Path folder = Files.createDirectories(home.resolve(name));
        Files.writeString(folder.resolve("r.drl"), rules);
        RuleBook book = RuleBook.of(folder, home.resolve(name + "-kept"), CATALOGUE, RuleSet.Bounds.DEFAULT);
        book.refresh();
        return book;
    }

    private static Router router(Project project, RuleBook book) {
        return new Router(id -> project, book, FALLBACK, Trying.KNOWLEDGE, new Router.Setting(CATALOGUE,
                FALLBACK.estimator(), Clock.fixed(NOON.toInstant(), NOON.getZone()), false));
    }

    private static LlmRequest random(Random random, int number) {
        List<String> flags = new ArrayList<>();
        for (String flag : new String[] {"a", "b", "c", "d", "e"}) {
            if (random.nextInt(4) == 0) {
                flags.add("'" + flag + "'");
            }
        }
        String model = random.nextInt(5) > 0 ? "" : ",'model':'" + CATALOGUE.ids().get(random.nextInt(4)) + "'";
        String demands = switch (random.nextInt(6)) {
            case 0 -> ",'constraints':{'models':['claude-opus-5-5','claude-haiku-4-5']}";
            case 1 -> ",'constraints':{'maxCostUsd':0.1}";
            default -> "";
        };
        return Some.request("{'id':'r" + number + "','prompt':'x','user':'u" + random.nextInt(3) + "','category':'"
                + "xyz".charAt(random.nextInt(3)) + "','flags':" + flags + model + demands + "}");
    }

    @Test
    void theSameRequestsGoToTheSameModels() throws Exception {
        Random random = new Random(20261121);
        RuleBook before = book("old", OLD);
        RuleBook after = book("new", NEW);
        Pricing pricing = new Pricing(CATALOGUE, FALLBACK.estimator());
        Redecision redecision = new Redecision(new Eligible(CATALOGUE), pricing, new Lots(FALLBACK, pricing));
        Map<Source, Integer> compared = new EnumMap<>(Source.class);
        int refused = 0;
        for (int i = 0; i < REQUESTS; i++) {
            Project project = Some.project("{'defaultModel':'claude-sonnet-5','features':{'autoRouting':"
                    + random.nextBoolean() + "}}");
            LlmRequest request = random(random, i);
            Decision then = decide(router(project, before), request);
            if (then == null) {
                continue;
            }
            Recorded recorded = recorded(request, then);
            assertThat(again(redecision, recorded, project, before).model()).as(request.toString())
                    .isEqualTo(then.model());
            Decision now = decide(router(project, after), request);
            Verdict verdict = again(redecision, recorded, project, after);
            if (now == null) {
                refused++;
                assertThat(verdict.isRefused()).as(request.toString()).isTrue();
            } else if (now.source() != Source.BANDIT && now.source() != Source.DEFAULT) {
                compared.merge(now.source(), 1, Integer::sum);
                assertThat(verdict.model()).as(request.toString()).isEqualTo(now.model());
            } else if (then.source() == Source.RULE) {
                compared.merge(now.source(), 1, Integer::sum);
                assertThat(verdict.bandits()).as(request.toString()).hasSize(now.candidates().size());
                if (now.source() == Source.DEFAULT) {
                    assertThat(verdict.model()).as(request.toString()).isEqualTo(now.model());
                }
            }
        }
        assertThat(refused).isGreaterThan(50);
        assertThat(compared).hasSize(4).allSatisfy((source, count) -> assertThat(count).isGreaterThan(20));
    }

    private static Decision decide(Router router, LlmRequest request) {
        try {
            return router.route(request).decision();
        } catch (ProblemException e) {
            return null;
        }
    }

    private static Recorded recorded(LlmRequest request, Decision decision) {
        Tokens tokens = Tokens.of(100, 50);
        BigDecimal cost = CATALOGUE.find(decision.model()).orElseThrow().prices().cost(tokens)
                .setScale(6, RoundingMode.HALF_UP);
        return new Recorded(request, NOON.toInstant(), RequestState.COMPLETED, true, true, 1, new Recorded.Ran(
                decision.model(), decision.source(), null, 1, tokens, cost, BigDecimal.ZERO));
    }

    private static Verdict again(Redecision redecision, Recorded recorded, Project project, RuleBook book) {
        return redecision.decide(recorded, project, book.forProject(project).decide(new Request(recorded.request(),
                Circumstances.of(recorded.request(), NOON, BigDecimal.ZERO, BigDecimal.ZERO))));
    }
}
