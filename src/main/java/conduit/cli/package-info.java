/**
 * The command line beside the server: words about {@code rules}, the {@code bandit} and a {@code backup}. Answers go to standard output,
 * everything else to standard error; exit status 0 done, 1 found wanting, 2 wrong use. Only {@code conduit.Conduit}
 * uses it, and only where the first word is not {@code serve}.
 */
package conduit.cli;
