package conduit.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Stands here for its help; the server itself starts without the command line. */
@Command(name = "serve", descriptionHeading = "%n", parameterListHeading = "%n", optionListHeading = "%n",
        footerHeading = "%n", description = {
        "Runs the server; this is what happens without a word, too.", "It stops with SIGTERM or Ctrl-C."}, footer = {"Examples:", "  java -jar target/conduit.jar serve",
        "  java -Dconduit.profile=demo -Dconduit.http.port=8081 -jar target/conduit.jar", "",
        "It takes no words; its settings stand before -jar and in docs/operate.md."})
final class ServeCommand implements Runnable {

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this text.")
    private boolean help;

    @Override
    public void run() {
        throw new Misuse("\"serve\" is the only word where the server is to run. Try serve --help.");
    }
}
