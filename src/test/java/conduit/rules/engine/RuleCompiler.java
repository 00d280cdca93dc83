package conduit.rules.engine;

import conduit.model.Catalogue;
import conduit.rules.text.RuleProblem;
import conduit.rules.text.RuleSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Turns the text of rule files into a {@link RuleSet}, or says what is wrong with them. */
public final class RuleCompiler {

    private final DrlReader reader;

    public RuleCompiler(Catalogue catalogue) {
        reader = new DrlReader(catalogue);
    }

    /** The problems of one file, or none. */
    public List<RuleProblem> check(RuleSource source) {
        return reader.read(source, Map.of()).problems();
    }

    /**
     * Compiles files that {@link #check} passed. On equal salience the earlier file goes first, then the earlier rule.
     *
     * @param version the name that decisions tell
     */
    public RuleSet compile(List<RuleSource> sources, String version) {
        List<Rule> rules = new ArrayList<>();
        sources.forEach(source -> rules.addAll(reader.read(source, Map.of()).rules()));
        return new RuleSet(version, rules, RuleSet.Bounds.DEFAULT);
    }
}
