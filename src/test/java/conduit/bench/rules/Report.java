package conduit.bench.rules;

import conduit.bench.Table;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The tables of {@link RuleBench}. */
final class Report {

    private static final Map<String, String> NAMES = Map.of(Engines.CONDUIT, "Conduit",
            Engines.EQUALITY_LAST, "Conduit, equality written last", Engines.SCAN, "plain scan, Java",
            Engines.JSON_RULES_ENGINE, "json-rules-engine 7.3.1", Engines.ZEN, "@gorules/zen-engine 0.54.0, table");

    private final List<Result> results;

    private Report(List<Result> results) {
        this.results = results;
    }

    static void print(List<Result> results, double seconds) {
        Report report = new Report(results);
        for (Profile profile : Profile.values()) {
            Table.title("Decisions, " + profile.text() + ": microseconds p50 / p99, one thread, " + seconds
                    + " s behind " + seconds + " s of warm-up; every decision checked"
                    + (BenchSet.EXPRESSIONS ? "" : "; without regular expressions"));
            report.table(profile, result -> text("%s / %s", number(result.p50()), number(result.p99())));
        }
        for (Profile profile : Profile.values()) {
            Table.title("How many times as long as Conduit, " + profile.text() + ": p50 / p99");
            report.table(profile, report::ratio);
        }
        Table.title("Load, few match: seconds cold / warm, then milliseconds of the first decision");
        report.table(Profile.FEW, result -> text("%.3f / %.3f, %s", result.load().coldMs() / 1e3,
                result.load().warmMs() / 1e3, number(result.load().firstMs())));
        Table.title("Memory that a further set keeps, few match: MB of heap, zen's of the process");
        report.table(Profile.FEW, result -> text("%.2f", result.load().megabytes()));
    }

    private void table(Profile profile, java.util.function.Function<Result, String> cell) {
        List<Integer> sizes = results.stream().map(result -> result.set().size()).distinct().toList();
        String[] head = new String[sizes.size() + 1];
        head[0] = "rules";
        sizes.forEach(size -> head[sizes.indexOf(size) + 1] = Integer.toString(size));
        Table.head(head);
        for (String engine : Engines.ALL) {
            String[] row = new String[head.length];
            row[0] = NAMES.get(engine);
            for (int i = 0; i < sizes.size(); i++) {
                row[i + 1] = find(sizes.get(i), profile, engine).map(cell).orElse("");
            }
            if (results.stream().anyMatch(one -> one.engine().equals(engine) && one.set().profile() == profile)) {
                Table.row(row);
            }
        }
    }

    private String ratio(Result result) {
        return find(result.set().size(), result.set().profile(), Engines.CONDUIT).map(conduit -> text("%s / %s",
                number(result.p50() / conduit.p50()), number(result.p99() / conduit.p99()))).orElse("");
    }

    private Optional<Result> find(int size, Profile profile, String engine) {
        return results.stream().filter(one -> one.set().equals(new BenchSet(size, profile))
                && one.engine().equals(engine)).findFirst();
    }

    /** About three digits. */
    private static String number(double value) {
        return value < 10 ? text("%.2f", value) : value < 100 ? text("%.1f", value) : text("%,.0f", value);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
