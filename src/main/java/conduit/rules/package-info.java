/**
 * The rule book: business users' files become one compiled set that decides.
 *
 * <p>{@link conduit.rules.RuleBook} looks at the folder. A file that changed is taken through its checks by
 * {@link conduit.rules.RuleLoader}, and the new set replaces the old one in one step; a file that fails keeps its last
 * good version in the set. What a file goes through, package by package:
 * <ol>
 * <li>{@link conduit.rules.form.Forms} writes it out as DRL, be it a table, sentences or DRL itself;
 * <li>{@link conduit.rules.engine.DrlReader} reads that into {@link conduit.rules.engine.Rule}s with a tree of
 * {@link conduit.rules.condition.Condition}s, and refuses what it does not know;
 * <li>{@link conduit.rules.engine.RuleSet} compiles what the trees print, and decides on
 * {@link conduit.rules.fact.Request}s;
 * <li>{@link conduit.rules.cases.CaseTable} asks the file's examples;
 * <li>{@link conduit.rules.warning.Warnings} tells what the authors may not have meant, by
 * {@link conduit.rules.reasoning.Reasoning}.
 * </ol>
 * A project's own rules are written out as DRL by {@link conduit.rules.ProjectDrl} and go the same way, before the files.
 */
package conduit.rules;
