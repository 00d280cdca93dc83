package conduit.cli;

import com.fasterxml.jackson.databind.JsonNode;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A backtest's report for people. Money is in US dollars. */
final class BacktestReport {

    private static final int DECIMALS = 6;

    private final JsonNode report;
    private final List<String> lines = new ArrayList<>();

    BacktestReport(JsonNode report) {
        this.report = report;
    }

    List<String> lines() {
        lines.add(counted("requests", "request") + " from " + moment(report, "from") + " to " + moment(report, "to")
                + (report.hasNonNull("project") ? " of project " + text("project") : ""));
        row("redecided", "decided again");
        row("unchanged", "  as it was");
        row("changed", "  otherwise");
        row("denied", "    of them denied");
        row("leftToBandit", "  with a model drawn, as no rule decides");
        row("needText", "not decided: the rules need a text that was not kept");
        row("incomplete", "not decided: the record is not complete");
        row("notCompleted", "not decided: they did not end well");
        row("ruleErrors", "not decided: a rule failed on them");
        moves();
        cost();
        limits();
        changes();
        if (report.hasNonNull("assumption")) {
            lines.add("");
            lines.add(text("assumption"));
        }
        return lines;
    }

    private String text(String field) {
        return report.path(field).asText();
    }

    /** To the second. */
    private static String moment(JsonNode in, String field) {
        return in.path(field).asText().replaceFirst("\\.\\d+Z$", "Z");
    }

    private String counted(String field, String thing) {
        return Count.of(report.path(field).asLong(), thing);
    }

    /** A count, unless it is none and its line would only be in the way. */
    private void row(String field, String meaning) {
        long count = report.path(field).asLong();
        if (count > 0 || field.equals("redecided") || field.equals("changed") || field.equals("needText")) {
            lines.add(String.format(Locale.ROOT, "%,12d  %s", count, meaning));
        }
    }

    private void moves() {
        if (!report.path("moves").isEmpty()) {
            lines.add("");
            lines.add("Moves");
            for (JsonNode move : report.path("moves")) {
                lines.add(String.format(Locale.ROOT, "%,12d  %s -> %s", move.path("count").asLong(),
                        move.path("from").asText(), move.path("to").asText()));
            }
        }
    }

    private void cost() {
        JsonNode cost = report.path("cost");
        lines.add("");
        lines.add("Cost of the requests that were decided again, dollars");
        lines.add(String.format("%12s  recorded", usd(cost, "recordedUsd")));
        lines.add(String.format("%12s  with these rules", usd(cost, "candidateUsd")));
        lines.add(String.format("%12s  change", signed(cost, "changeUsd")) + (cost.hasNonNull("low")
                ? "; over as much other traffic like this " + signed(cost, "low") + " to " + signed(cost, "high") + " ("
                + Math.round(100 * cost.path("confidence").asDouble()) + " % sure)" : ""));
        if (cost.hasNonNull("cheapestUsd")) {
            lines.add(String.format("%12s  to %s, whatever model is drawn where no rule decides",
                    signed(cost, "cheapestUsd"), signed(cost, "dearestUsd")));
        }
    }

    private void limits() {
        if (!report.path("limits").isEmpty()) {
            lines.add("");
            lines.add("Cost limits that would have been hit");
            for (JsonNode hit : report.path("limits")) {
                lines.add("  project " + hit.path("project").asText() + ", " + hit.path("period").asText() + ", limit "
                        + usd(hit, "limitUsd") + ": at " + moment(hit, "hitAt") + ", "
                        + Count.of(hit.path("requestsOver").asLong(), "request") + " over it");
            }
        }
    }

    private void changes() {
        int told = report.path("changes").size();
        if (told > 0) {
            lines.add("");
            long all = report.path("changesTotal").asLong();
            lines.add(told < all ? "The first " + told + " of " + Count.number(all) + " changed requests"
                    : "Changed requests");
            for (JsonNode change : report.path("changes")) {
                lines.add("  " + moment(change, "at") + "  " + change.path("id").asText() + "  "
                        + change.path("from").asText() + " -> " + change.path("to").asText() + "  "
                        + usd(change, "recordedUsd") + " -> " + usd(change, "candidateUsd")
                        + (change.hasNonNull("rule") ? "  by \"" + change.path("rule").asText() + "\"" : "")
                        + (change.hasNonNull("reason") ? ": " + change.path("reason").asText() : ""));
            }
        }
    }

    private static String usd(JsonNode in, String field) {
        BigDecimal usd = in.path(field).decimalValue();
        return String.format(Locale.ROOT, "%,." + DECIMALS + "f", usd.setScale(DECIMALS,
                RoundingMode.HALF_UP));
    }

    private static String signed(JsonNode in, String field) {
        return (in.path(field).decimalValue().signum() > 0 ? "+" : "") + usd(in, field);
    }
}
