package conduit.bench;

import java.util.Arrays;
import java.util.List;

/** Prints rows as a Markdown table, on a page that says where and when it was measured. */
public final class Table {

    private Table() {
    }

    public static void title(String text) {
        System.out.printf("%n## %s%n%d processors, Java %s, %s%n%n", text, Runtime.getRuntime().availableProcessors(),
                Runtime.version(), java.time.LocalDate.now());
    }

    public static void head(String... cells) {
        row(cells);
        System.out.println("|" + "---|".repeat(cells.length));
    }

    public static void row(String... cells) {
        System.out.println("| " + String.join(" | ", Arrays.asList(cells)) + " |");
    }

    public static void notes(List<String> lines) {
        System.out.println();
        lines.forEach(System.out::println);
    }
}
