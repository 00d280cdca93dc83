package conduit.rules.engine;

import conduit.rules.fact.Request;
import conduit.rules.form.RuleProblem;
import conduit.rules.form.RuleSource;
import conduit.model.Catalogue;
import org.drools.compiler.builder.impl.KnowledgeBuilderImpl;
import org.drools.drl.ast.descr.ImportDescr;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.drl.parser.DrlParser;
import org.drools.drl.parser.DroolsError;
import org.drools.drl.parser.DroolsParserException;
import org.kie.internal.builder.KnowledgeBuilderError;
import org.kie.internal.builder.KnowledgeBuilderFactory;
import org.kie.internal.builder.conf.LanguageLevelOption;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Turns the text of rule files into a {@link RuleSet}, or says what is wrong with them. */
public final class RuleCompiler {

    private static final String PACKAGE = "conduit.rulebook";
    private static final String TEXT = "\"(?:[^\"\\\\\n]|\\\\.)*\"|'(?:[^'\\\\\n]|\\\\.)*'";
    private static final Pattern WHOLE_TEXTS = Pattern.compile(TEXT + "|//.*|#.*");
    private static final Pattern BLOCK_COMMENT = Pattern.compile("(?s)/\\*.*?\\*/");

    private final Catalogue catalogue;

    public RuleCompiler(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** The problems of one file, or none. */
    public List<RuleProblem> check(RuleSource source) {
        List<RuleProblem> problems = new ArrayList<>();
        PackageDescr parsed = parse(source, problems);
        if (problems.isEmpty()) {
            Map<String, RuleInfo> rules = name(source.file(), parsed);
            KnowledgeBuilderImpl builder = newBuilder();
            try {
                builder.addPackage(parsed);
                for (KnowledgeBuilderError error : builder.getErrors()) {
                    problems.add(explain(source.file(), error, rules));
                }
            } catch (RuntimeException e) {
                problems.add(new RuleProblem(source.file(), 0, null, "The file can't be compiled.",
                        "Compare it with the examples in rules/README.md."));
            }
        }
        return problems;
    }

    /**
     * Compiles files that {@link #check} passed. On equal salience the earlier file goes first, then the earlier rule.
     *
     * @param version the name that decisions tell
     */
    public RuleSet compile(List<RuleSource> sources, String version) {
        KnowledgeBuilderImpl builder = newBuilder();
        Map<String, RuleInfo> rules = new LinkedHashMap<>();
        for (RuleSource source : sources) {
            PackageDescr parsed = parse(source, new ArrayList<>());
            rules.putAll(name(source.file(), parsed));
            builder.addPackage(parsed);
        }
        if (!builder.getErrors().isEmpty()) {
            throw new IllegalStateException("checked rule files failed together: " + builder.getErrors());
        }
        return new RuleSet(version, builder.newKieBase(), rules);
    }

    private static KnowledgeBuilderImpl newBuilder() {
        return (KnowledgeBuilderImpl) KnowledgeBuilderFactory.newKnowledgeBuilder();
    }

    private PackageDescr parse(RuleSource source, List<RuleProblem> problems) {
        int open = openQuote(source.text());
        if (open > 0) {
            problems.add(new RuleProblem(source.file(), open, null, "The text can't be read as a rule here: a quote is "
                    + "not closed, or not a straight one (\").", "Look for a missing quote in this line."));
            return null;
        }
        DrlParser parser = new DrlParser(LanguageLevelOption.DRL6);
        PackageDescr parsed = null;
        try {
            parsed = parser.parse(true, source.text());
        } catch (DroolsParserException | RuntimeException e) {
            problems.add(new RuleProblem(source.file(), 0, null, "The file is not readable as rules.",
                    "Compare it with the examples in rules/README.md."));
        }
        for (DroolsError error : parser.getErrors()) {
            problems.add(explain(source.file(), error));
        }
        if (problems.isEmpty() && parsed == null) {
            parsed = new PackageDescr();
        }
        if (problems.isEmpty()) {
            try {
                problems.addAll(Guard.check(source, parsed, catalogue));
            } catch (RuntimeException e) {
                problems.add(new RuleProblem(source.file(), 0, null, "The file holds something that can't be checked, "
                        + "so it is refused.", "Compare it with the examples in rules/README.md."));
            }
        }
        return parsed;
    }

    /** The line in which a text in quotes begins and does not end, or 0; the parser would tell a later one. */
    private static int openQuote(String text) {
        int line = 1;
        for (String one : BLOCK_COMMENT.matcher(text).replaceAll(c -> c.group().replaceAll("[^\n]", "")).split("\n")) {
            String rest = WHOLE_TEXTS.matcher(one).replaceAll("");
            if (rest.indexOf('"') >= 0 || rest.indexOf('\u201C') >= 0 || rest.indexOf('\u201D') >= 0) {
                return line;
            }
            line++;
        }
        return 0;
    }

    /** Gives each rule a name that is unique over all files, and remembers the one that its author gave. */
    private static Map<String, RuleInfo> name(String file, PackageDescr parsed) {
        parsed.setName(PACKAGE);
        parsed.addImport(new ImportDescr(Request.class.getName()));
        parsed.addImport(new ImportDescr(Route.class.getName()));
        Map<String, RuleInfo> rules = new LinkedHashMap<>();
        for (RuleDescr rule : parsed.getRules()) {
            var salience = rule.getAttributes().get("salience");
            RuleInfo info = new RuleInfo(file, rule.getName(), rule.getLine(),
                    salience == null ? 0 : Integer.parseInt(salience.getValue()), Consequence.models(rule));
            rule.setName(file + "#" + rules.size());
            rules.put(rule.getName(), info);
        }
        return rules;
    }

    private static RuleProblem explain(String file, DroolsError error) {
        int line = error.getLines().length > 0 ? error.getLines()[0] : 0;
        String message = error.getMessage().replaceAll("^\\[ERR \\d+\\] ", "").replaceAll("^Line \\d+:\\d+ ", "")
                .replaceAll("(?s)\\.? *Exception:.*", "").replaceAll("[\\s.]+$", "");
        String fix = message.contains("input '='") ? "Write == to compare."
                : message.contains("input 'and'") || message.contains("input 'or'") ? "Write && or || inside ( … )."
                : message.contains("<eof>") ? "Look for a missing 'end'."
                : "Look for a missing quote, bracket, 'then' or 'end' in this line or just before it.";
        return new RuleProblem(file, line, null, "The text can't be read as a rule here: " + message.replaceAll(
                ",? expecting one of.*", "") + ".", fix);
    }

    private static RuleProblem explain(String file, KnowledgeBuilderError error, Map<String, RuleInfo> rules) {
        int line = error.getLines().length > 0 ? error.getLines()[0] : 0;
        String rule = rules.values().stream().filter(r -> r.line() <= line).reduce((a, b) -> b)
                .map(RuleInfo::name).orElse(null);
        String message = error.getMessage().lines().findFirst().orElse("").replaceAll("conduit\\.rules\\.", "");
        return new RuleProblem(file, line, rule, message + ".", "Compare it with the examples in rules/README.md.");
    }
}
