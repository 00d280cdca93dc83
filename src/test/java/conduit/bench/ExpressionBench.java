package conduit.bench;

import conduit.expression.Deadline;
import conduit.expression.Expression;
import conduit.expression.Subject;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/** Whether one text of 1,100 characters fits an expression: Conduit's, with and without its deadline, and Java's. */
public final class ExpressionBench {

    private static final int ROUNDS = Integer.getInteger("bench.blocks", 7);
    private static final long ROUND_NANOS = 40_000_000;
    private static final String FILL = "Please read the attached letter and say what it asks for. ".repeat(19);
    private static final List<String[]> CASES = List.of(
            new String[]{"(?is).*\\bcontract\\b.*", "the CONTRACT."}, new String[]{".*invoice-\\d+.*", "invoice-4711"},
            new String[]{"(?s:.*)(?:password\\s*[:=])(?s:.*)", "password = x"}, new String[]{"(?s:.*)(?:urgent)(?s:.*)", "urgent"},
            new String[]{"(?is).*(contract|agreement|rental).*", "Rental"},
            new String[]{"(?s).*[\\w.]+@[\\w.]+\\.(com|org).*", "ann@example.org"});

    private static int trues;

    private ExpressionBench() {
    }

    public static void main(String[] args) {
        Table.title("A text of 1,100 characters against an expression, ns a text, best of " + ROUNDS);
        Table.head("expression", "fits", "Conduit", "text new each time", "java.util.regex");
        for (String[] one : CASES) {
            row(one[0], FILL.substring(0, 700) + one[1] + FILL.substring(0, 400 - one[1].length()));
            row(one[0], FILL.substring(0, 1_100));
        }
        Table.notes(List.of("Conduit's under a deadline of a minute; " + trues % 2 + " is there to keep the answers."));
    }

    private static void row(String written, String text) {
        Expression expression = Expression.compile(written);
        Pattern java = Pattern.compile(written);
        Deadline deadline = Deadline.after(Duration.ofMinutes(1), System::nanoTime);
        Subject subject = Subject.of(text);
        Table.row("`" + written.replace("|", "\\|") + "`", String.valueOf(java.matcher(text).matches()),
                best(() -> expression.fits(subject, deadline)), best(() -> expression.fits(text, deadline)),
                best(() -> java.matcher(text).matches()));
    }

    private static String best(BooleanSupplier matching) {
        double best = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            int calls = 0;
            while (System.nanoTime() - start < ROUND_NANOS) {
                for (int i = 0; i < 20; i++) {
                    trues += matching.getAsBoolean() ? 1 : 0;
                }
                calls += 20;
            }
            best = Math.min(best, (double) (System.nanoTime() - start) / calls);
        }
        return Samples.text("%.0f", best);
    }
}
