/**
 * The rule book: business users' files become one compiled set that decides.
 *
 * <p>{@link conduit.rules.RuleBook} looks at the folder, and for each file that changed: {@link conduit.rules.Guard}
 * allows only the reading of {@link conduit.rules.Request} and calls of {@link conduit.rules.Route}; then
 * {@link conduit.rules.RuleCompiler} compiles; then the new {@link conduit.rules.RuleSet} replaces the old one in one
 * step. A file that fails keeps its last good text in the set. A project's own rules are written out as DRL by
 * {@link conduit.rules.ProjectDrl} and compiled before the files, so that there is one evaluator.
 *
 * <p>Only this package knows Drools. Its classic builder is used, not a KieModule: it tells file and line, and a
 * replaced set leaves nothing behind in a repository.
 */
package conduit.rules;
