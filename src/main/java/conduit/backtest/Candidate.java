package conduit.backtest;

import conduit.rules.engine.RuleOutcome;
import conduit.rules.engine.RuleSet;
import conduit.rules.fact.Request;

/** The rules on trial for one project, as far as a backtest asks them. */
interface Candidate {

    /** What the rules say of a request. */
    RuleOutcome decide(Request request);

    /** Whether what they say may hang on a text that was not kept. */
    boolean needsTexts(Request request);

    static Candidate of(RuleSet set) {
        return new Candidate() {
            @Override
            public RuleOutcome decide(Request request) {
                return set.decide(request);
            }

            @Override
            public boolean needsTexts(Request request) {
                return !request.hasTexts() && set.needsTexts(request);
            }
        };
    }
}
