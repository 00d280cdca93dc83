package conduit.backtest;

import conduit.ledger.Recorded;
import conduit.model.Catalogue;
import conduit.model.Model;
import conduit.routing.Estimator;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** What a recorded request would have cost elsewhere, with the tokens that were billed and today's prices. */
record Pricing(Catalogue catalogue, Estimator estimator) {

    private static final int SCALE = 6;

    /** The cost at a model, US dollars; at the recorded one it is what was billed. */
    BigDecimal at(Recorded recorded, String model) {
        Recorded.Ran ran = recorded.ran();
        return model.equals(ran.model()) ? recorded.costUsd() : catalogue.require("model", model).prices()
                .cost(ran.tokens()).setScale(SCALE, RoundingMode.HALF_UP).add(ran.besidesUsd());
    }

    /** The most that it can cost at a model; where the catalogue has no such model any more, what was billed. */
    BigDecimal worst(Recorded recorded, String model) {
        return catalogue.find(model).map(known -> worst(recorded, known)).orElse(recorded.costUsd());
    }

    BigDecimal worst(Recorded recorded, Model model) {
        return estimator.worstCase(recorded.inputBytes(), recorded.request().maxOutputTokens(), model);
    }
}
