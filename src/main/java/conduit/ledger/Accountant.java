package conduit.ledger;

import conduit.claude.Billed;
import conduit.claude.Outcome;
import conduit.model.Catalogue;
import conduit.model.Model;
import conduit.model.Tokens;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Prices what a run was billed for. */
public record Accountant(Catalogue catalogue) {

    private static final Logger LOG = LoggerFactory.getLogger(Accountant.class);
    private static final int SCALE = 6;
    private static final BigDecimal TOLERANCE = new BigDecimal("0.01");

    /**
     * The usage of a run. What a failure can have spent without telling is put down at the worst case, as an estimate.
     */
    public Completion complete(Run run, Outcome outcome) {
        List<UsageRow> rows = new ArrayList<>();
        for (Billed billed : outcome.billed()) {
            rows.add(row(rows.size(), billed, run));
        }
        if (outcome instanceof Outcome.Failed failed && !failed.costKnown()) {
            var estimate = run.routed().estimate();
            rows.add(new UsageRow(rows.size(), run.model().id(),
                    Tokens.of(estimate.inputTokens(), estimate.maxOutputTokens()), estimate.worstCaseUsd(), null,
                    true));
        }
        return new Completion(run, outcome, rows);
    }

    private UsageRow row(int part, Billed billed, Run run) {
        Model model = catalogue.find(billed.model()).orElse(null);
        BigDecimal cli = billed.cliCostUsd().setScale(SCALE, RoundingMode.HALF_UP);
        if (model == null) {
            LOG.warn("Request {} ran on {}, which is not in the catalogue; the CLI's own cost is booked",
                    run.request().id(), billed.model());
            return new UsageRow(part, billed.model(), billed.tokens(), cli, cli, true);
        }
        BigDecimal cost = model.prices().cost(billed.tokens()).setScale(SCALE, RoundingMode.HALF_UP);
        if (cost.subtract(cli).abs().compareTo(cost.max(cli).multiply(TOLERANCE)) > 0) {
            LOG.warn("Request {} cost {} USD by the catalogue and {} USD by the CLI: check the prices of {}",
                    run.request().id(), cost.toPlainString(), cli.toPlainString(), billed.model());
        }
        return new UsageRow(part, billed.model(), billed.tokens(), cost, cli, false);
    }
}
