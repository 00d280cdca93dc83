/**
 * One call of the Claude CLI: {@link conduit.claude.ClaudeCommand} writes the command line,
 * {@link conduit.claude.ClaudeProcess} runs it in a process group and a folder of its own,
 * {@link conduit.claude.ReplyReader} judges what came back. {@link conduit.claude.CliCheck} and
 * {@link conduit.claude.CliHealth} tell whether the CLI is fit for calls at all.
 *
 * <p>{@link conduit.claude.Runner} takes a process that waited for its call out of the {@link conduit.claude.WarmPool} where
 * there is one: the same settings are spoken to it ({@link conduit.claude.Dialogue}) before it gets its prompt.
 *
 * <p>The CLI's input and output are files in the call's folder ({@link conduit.claude.Spool}), not pipes: a call
 * that is under way when Conduit dies ends by itself, and the next start finds what it said and what it cost.
 */
package conduit.claude;
