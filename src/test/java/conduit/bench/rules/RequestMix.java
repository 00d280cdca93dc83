package conduit.bench.rules;

import conduit.bench.rules.BenchRule.Equality;
import conduit.bench.rules.BenchRule.Expression;
import conduit.bench.rules.BenchRule.Member;
import conduit.bench.rules.BenchRule.Range;
import conduit.bench.rules.BenchRule.Word;
import conduit.request.Agent;
import conduit.request.Constraints;
import conduit.request.Inlet;
import conduit.request.LlmRequest;
import conduit.rules.fact.Circumstances;

import java.math.BigDecimal;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Seeded requests for a set of rules; every hundredth is made to meet one of them. */
final class RequestMix {

    private static final ZonedDateTime NOON = ZonedDateTime.parse("2026-11-21T12:00:00Z");
    private static final int PLANTED_EVERY = 100;
    private static final int FLAGS = 20;
    private static final int CHARACTERS_A_TOKEN = 4;

    private final SplittableRandom random;
    private String agentType;
    private int tokens;
    private String prompt;
    private List<String> flags;

    private RequestMix(SplittableRandom random) {
        this.random = random;
    }

    static List<Asked> of(RuleMix mix, int count) {
        RequestMix requests = new RequestMix(new SplittableRandom(mix.seed()));
        List<Asked> asked = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            requests.draw(mix.profile());
            if (i % PLANTED_EVERY == PLANTED_EVERY / 2) {
                requests.plant(mix.rules().get(requests.random.nextInt(mix.rules().size())));
            }
            asked.add(requests.asked("r-" + i));
        }
        return asked;
    }

    private void draw(Profile profile) {
        agentType = profile == Profile.MOST ? RuleMix.COMMON_TYPE : RuleMix.type(random);
        tokens = 0;
        prompt = Words.prompt(random);
        flags = new ArrayList<>();
        for (int i = 0; profile == Profile.MOST && i < RuleMix.COMMON_FLAGS; i++) {
            flags.add("common-" + i);
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            flags.add("flag-" + random.nextInt(FLAGS));
        }
    }

    private void plant(BenchRule rule) {
        if (rule.when() instanceof Equality equality) {
            agentType = equality.agentType();
            tokens = equality.moreThan() + 1;
        } else if (rule.when() instanceof Range range) {
            tokens = range.from();
        } else if (rule.when() instanceof Word word) {
            prompt = word.word() + " " + prompt;
        } else if (rule.when() instanceof Member member) {
            flags.add(member.flag());
        } else if (rule.when() instanceof Expression expression) {
            prompt = prompt + "\n" + expression.before() + "-123x";
        }
    }

    /** The system prompt is only there to give the tokens that a rule asks for. */
    private Asked asked(String id) {
        String system = "s".repeat(Math.max(0, tokens * CHARACTERS_A_TOKEN - prompt.length()));
        LlmRequest request = new LlmRequest(id, "default", prompt, system, new Agent("bench", agentType), null, null,
                null, flags, null, null, Constraints.NONE, Map.of(), Inlet.HTTP);
        return new Asked(request, Circumstances.of(request, NOON, BigDecimal.ONE, BigDecimal.TEN));
    }
}
