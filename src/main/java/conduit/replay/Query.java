package conduit.replay;

import conduit.bandit.Context;

/** One recorded query with an outcome a model, in the recording's order of models. */
record Query(Context context, int promptTokens, Outcome[] outcomes) {
}
