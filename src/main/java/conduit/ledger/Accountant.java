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
        List<UsageRow> rows = new ArrayList<>(run.triedUsage());
        rows.addAll(rows(run, outcome, rows.size()));
        return new Completion(run, outcome, rows);
    }

    /** A run's attempt that failed, with its usage, before another one is made. */
    public Tried tried(Run run, Outcome.Failed failed) {
        return new Tried(run.attempt(), run.model().id(), failed.failure(), failed.detail(), failed.latencyMs(),
                rows(run, failed, run.triedUsage().size()));
    }

    /** The end of a run whose next attempt was never started: that of its last one. It has one. */
    public Completion unstarted(Run run) {
        Tried last = run.tried().get(run.tried().size() - 1);
        Run before = new Run(catalogue.find(last.model()).map(model -> run.routed().on(model, run.routed().estimate()))
                .orElse(run.routed()), run.number(), run.day(), run.tried().subList(0, run.tried().size() - 1), run.setAside());
        return new Completion(before, new Outcome.Failed(last.failure(), last.detail(), List.of(), last.latencyMs(), true),
                run.triedUsage());
    }

    private List<UsageRow> rows(Run run, Outcome outcome, int parts) {
        List<UsageRow> rows = new ArrayList<>();
        for (Billed billed : outcome.billed()) {
            rows.add(row(parts + rows.size(), billed, run));
        }
        if (outcome instanceof Outcome.Failed failed && !failed.costKnown()) {
            var estimate = run.routed().estimate();
            rows.add(new UsageRow(parts + rows.size(), run.model().id(),
                    Tokens.of(estimate.inputTokens(), estimate.maxOutputTokens()), estimate.worstCaseUsd(), null,
                    true, run.attempt()));
        }
        return rows;
    }

    private UsageRow row(int part, Billed billed, Run run) {
        BigDecimal cli = billed.cliCostUsd() == null ? null : rounded(billed.cliCostUsd());
        Model model = catalogue.find(billed.model()).orElse(null);
        if (model == null) {
            return unlisted(part, billed, cli, run);
        }
        UsageRow row = new UsageRow(part, billed.model(), billed.tokens(), cost(model, billed.tokens(), cli),
                cli, billed.estimated(), run.attempt());
        if (row.differs()) {
            LOG.warn("Request {} cost {} USD by the catalogue and {} USD by the CLI: check the prices of {}",
                    run.request().id(), row.costUsd().toPlainString(), cli.toPlainString(), billed.model());
        }
        return row;
    }

    /**
     * What tokens cost at a model. The CLI bills all requests of a call in one sum, where several short prompts look like
     * a long one; it alone knows which they were. Where it does not say so, they were one.
     */
    private static BigDecimal cost(Model model, Tokens tokens, BigDecimal cli) {
        BigDecimal least = rounded(model.prices().plain(tokens));
        BigDecimal most = rounded(model.prices().cost(tokens));
        return cli != null && cli.compareTo(least) >= 0 && cli.compareTo(most) <= 0 && least.compareTo(most) < 0
                ? cli : most;
    }

    /** The CLI ran another model than asked, which has no price here: its own figure, else the dearest there is. */
    private UsageRow unlisted(int part, Billed billed, BigDecimal cli, Run run) {
        BigDecimal dearest = catalogue.all().stream().map(m -> rounded(m.prices().cost(billed.tokens())))
                .max(BigDecimal::compareTo).orElseThrow();
        BigDecimal cost = cli == null || cli.signum() == 0 ? dearest : cli;
        LOG.warn("Request {} ran on {}, which is not in the catalogue; {} USD is booked as an estimate: add the model "
                + "to the catalogue", run.request().id(), billed.model(), cost.toPlainString());
        return new UsageRow(part, billed.model(), billed.tokens(), cost, cli, true, run.attempt());
    }

    private static BigDecimal rounded(BigDecimal cost) {
        return cost.setScale(SCALE, RoundingMode.HALF_UP);
    }
}
