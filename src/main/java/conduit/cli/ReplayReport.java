package conduit.cli;

import conduit.replay.Replay;
import conduit.replay.Result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What came of a replay.
 *
 * @param file     as it was named
 * @param prices   the price list's name, or null for the recorded costs
 * @param baseline the model with which savings are compared
 */
record ReplayReport(String file, String prices, Replay.Setting setting, String baseline, List<Result> results) {

    private static final int PERCENT = 100;
    private static final String ROW = "%-13s %6s  %8s  %-17s  %7s  %-16s  %8s";

    Map<String, Object> json() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("file", file);
        map.put("prices", prices);
        map.put("requests", setting.requests());
        map.put("runs", setting.runs());
        map.put("baseline", baseline);
        map.put("policies", results.stream().map(ReplayReport::json).toList());
        return map;
    }

    private static Map<String, Object> json(Result result) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", result.name());
        map.put("lambda", result.lambda());
        map.put("costCut", result.costCut());
        map.put("costCutLow", result.costCutLow());
        map.put("costCutHigh", result.costCutHigh());
        map.put("qualityRatio", result.qualityRatio());
        map.put("qualityLow", result.qualityLow());
        map.put("qualityHigh", result.qualityHigh());
        map.put("shareAbove98", result.shareAbove98());
        return map;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(Count.of(setting.runs(), "run") + " of " + Count.of(setting.requests(), "request") + " from " + file + ", "
                + (prices == null ? "recorded costs" : "prices " + prices) + "; all compared with " + baseline
                + " for every request");
        lines.add("");
        lines.add(format(ROW, "policy", "lambda", "cost cut", "95 of 100 runs", "quality", "95 of 100 runs", "runs >= .98"));
        for (Result one : results) {
            lines.add(format(ROW, one.name(), one.lambda() == null ? "" : Double.toString(one.lambda()), percent(one.costCut()),
                    percent(one.costCutLow()) + " to " + percent(one.costCutHigh()), ratio(one.qualityRatio()),
                    ratio(one.qualityLow()) + " to " + ratio(one.qualityHigh()), percent(one.shareAbove98())));
        }
        lines.add("");
        lines.add("cost cut: the part of " + baseline + "'s cost that was saved; quality: right answers by its right answers");
        return lines;
    }

    private static String percent(double share) {
        return format("%.1f %%", share * PERCENT);
    }

    private static String ratio(double ratio) {
        return format("%.3f", ratio);
    }

    private static String format(String format, Object... args) {
        return String.format(Locale.ROOT, format, args).stripTrailing();
    }
}
