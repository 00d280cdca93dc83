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
        BigDecimal cli = billed.cliCostUsd() == null ? null : rounded(billed.cliCostUsd());
        Model model = catalogue.find(billed.model()).orElse(null);
        if (model == null) {
            return unlisted(part, billed, cli, run);
        }
        UsageRow row = new UsageRow(part, billed.model(), billed.tokens(), rounded(model.prices().cost(billed.tokens())),
                cli, false);
        if (row.differs()) {
            LOG.warn("Request {} cost {} USD by the catalogue and {} USD by the CLI: check the prices of {}",
                    run.request().id(), row.costUsd().toPlainString(), cli.toPlainString(), billed.model());
        }
        return row;
    }

    /** The CLI ran another model than asked, which has no price here: its own figure, else the dearest there is. */
    private UsageRow unlisted(int part, Billed billed, BigDecimal cli, Run run) {
        BigDecimal dearest = catalogue.all().stream().map(m -> rounded(m.prices().cost(billed.tokens())))
                .max(BigDecimal::compareTo).orElseThrow();
        BigDecimal cost = cli == null || cli.signum() == 0 ? dearest : cli;
        LOG.warn("Request {} ran on {}, which is not in the catalogue; {} USD is booked as an estimate: add the model "
                + "to the catalogue", run.request().id(), billed.model(), cost.toPlainString());
        return new UsageRow(part, billed.model(), billed.tokens(), cost, cli, true);
    }

    private static BigDecimal rounded(BigDecimal cost) {
        return cost.setScale(SCALE, RoundingMode.HALF_UP);
    }
}
