package conduit.cli;

import conduit.model.Catalogue;
import conduit.model.CatalogueFile;
import conduit.settings.Keys;
import picocli.CommandLine.Option;

import java.nio.file.Path;

/** The options that each word has. */
final class Common {

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this text.")
    private boolean help;

    boolean json() {
        return json;
    }

    /** The option of those words that know the models without a server. */
    static final class Models {

        @Option(names = "--models", paramLabel = "FILE", description = "The catalogue of models, in place of the one "
                + "that is built in or set by -Dconduit.models.")
        private String file;

        Catalogue read(Keys keys) {
            String set = keys.optional("conduit.models");
            try {
                return file != null ? CatalogueFile.read(Path.of(file))
                        : set == null ? CatalogueFile.builtIn() : CatalogueFile.read(Path.of(set));
            } catch (IllegalArgumentException e) {
                throw file == null ? keys.wrong("conduit.models", "a catalogue: " + e.getMessage())
                        : new Misuse("--models is \"" + file + "\"; it must be a catalogue: " + e.getMessage() + ".");
            }
        }
    }
}
