package conduit.rules.engine;

import conduit.model.Catalogue;
import conduit.rules.form.Forms;
import conduit.rules.text.Expansion;
import conduit.rules.text.RuleProblem;
import conduit.rules.text.RuleSource;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.drl.parser.DrlParser;
import org.drools.drl.parser.DroolsParserException;
import org.kie.internal.builder.conf.LanguageLevelOption;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a rule file of any form into {@link Rule}s, or says what is wrong with it. Rule authors are semi-trusted: what
 * this reader does not know does not get into a rule, and the engine sees nothing but these rules.
 */
public record DrlReader(Catalogue catalogue) {

    /** Of one file; the rest is told when these are mended. */
    private static final int MOST_PROBLEMS = 50;

    /** @param dictionaries the texts of all .dsl files, by name */
    public ReadRules read(RuleSource source, Map<String, String> dictionaries) {
        try {
            Expansion expansion = Forms.expand(source, dictionaries);
            return expansion.problems().isEmpty() ? read(source.file(), expansion)
                    : new ReadRules(List.of(), expansion.problems());
        } catch (RuntimeException | StackOverflowError e) {
            return failed(source.file(), "The file holds something that can't be checked, so it is refused.");
        }
    }

    private ReadRules read(String file, Expansion expansion) {
        Optional<RuleProblem> unfit = DrlText.check(file, expansion.drl());
        if (unfit.isPresent()) {
            return new ReadRules(List.of(), List.of(new ParserWords(file, expansion.drl())
                    .named(unfit.get()).at(expansion)));
        }
        DrlParser parser = new DrlParser(LanguageLevelOption.DRL6);
        List<RuleProblem> problems = new ArrayList<>();
        PackageDescr parsed = null;
        try {
            parsed = parser.parse(true, expansion.drl());
        } catch (DroolsParserException | RuntimeException e) {
            return failed(file, "The file is not readable as rules.");
        }
        if (parser.hasErrors()) {
            // One mistake misleads the parser for the rest of its rule.
            ParserWords words = new ParserWords(file, expansion.drl());
            Set<String> told = new HashSet<>();
            parser.getErrors().stream().limit(MOST_PROBLEMS).map(words::explain).filter(p -> told.add(p.rule()))
                    .forEach(p -> problems.add(p.at(expansion)));
        }
        return problems.isEmpty() && parsed != null ? read(file, parsed, expansion) : new ReadRules(List.of(), problems);
    }

    private ReadRules read(String file, PackageDescr parsed, Expansion expansion) {
        List<RuleProblem> problems = new ArrayList<>(PackageGuard.check(file, parsed));
        List<Rule> rules = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (RuleDescr rule : parsed.getRules()) {
            RuleReader reader = new RuleReader(file, rule, catalogue);
            if (!names.add(rule.getName())) {
                reader.refuse(rule.getLine(), "Two rules in this file have this name.", "Give one of them another name.");
            }
            reader.read().ifPresent(rules::add);
            problems.addAll(reader.problems());
        }
        return problems.isEmpty() ? new ReadRules(rules.stream().map(r -> r.at(expansion)).toList(), List.of())
                : new ReadRules(List.of(), problems.stream().limit(MOST_PROBLEMS).map(p -> p.at(expansion)).toList());
    }

    private static ReadRules failed(String file, String message) {
        return new ReadRules(List.of(), List.of(new RuleProblem(file, 0, null, message,
                "Compare it with the examples in rules/README.md.")));
    }
}
