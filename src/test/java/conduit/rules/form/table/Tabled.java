package conduit.rules.form.table;

import conduit.rules.engine.Deciding;
import conduit.rules.engine.RuleOutcome;
import conduit.rules.engine.RuleSet;
import conduit.rules.text.Expansion;
import conduit.rules.text.RuleSource;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

/** Expands tables for tests. */
final class Tabled {

    private Tabled() {
    }

    static Expansion csv(String text) {
        return Tables.expand(new RuleSource("t.drl.csv", text));
    }

    static Expansion workbook(byte[] bytes) {
        return Tables.expand(new RuleSource("t.drl.xlsx", new String(bytes, StandardCharsets.ISO_8859_1)));
    }

    static RuleSet compiled(Expansion expansion) {
        assertThat(expansion.problems()).isEmpty();
        return Deciding.compile(new RuleSource("x.drl", expansion.drl()));
    }

    static RuleOutcome ask(String csv, String request) {
        return Deciding.ask(compiled(csv(csv)), request);
    }

    /** A table with one column of conditions and one rule that names Opus where it holds. */
    static String oneCondition(String snippet, String cell) {
        return "RuleTable T\nCONDITION,ACTION\nRequest,\n" + quoted(snippet) + ","
                + quoted("$route.to(\"$param\", \"why\");")
                + "\n,\n" + quoted(cell) + ",claude-opus-5-5\n";
    }

    /** A table with one action and one rule, which always holds. */
    static String oneAction(String snippet, String cell) {
        return "RuleTable T\nACTION\n\n" + quoted(snippet) + "\n\n" + quoted(cell) + "\n";
    }

    static String quoted(String cell) {
        return '"' + cell.replace("\"", "\"\"") + '"';
    }

    /** The one problem of a table that can't be expanded. */
    static String problem(Expansion expansion) {
        assertThat(expansion.drl()).isEmpty();
        assertThat(expansion.problems()).hasSize(1);
        return expansion.problems().get(0).toString();
    }
}
