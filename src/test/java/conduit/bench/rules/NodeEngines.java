package conduit.bench.rules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs the engines on Node, a process for each set of rules, so that each load is a cold one. */
final class NodeEngines {

    private static final Path FOLDER = Path.of("src/test/node/rules-bench").toAbsolutePath();

    private NodeEngines() {
    }

    /** Installs the two packages, at the versions of package.json, where they are not there yet. */
    static void install() throws IOException, InterruptedException {
        if (!Files.isDirectory(FOLDER.resolve("node_modules"))) {
            run(List.of("npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--silent"));
        }
    }

    /** Loads, checks, warms up and times an engine, each of the two for so long; the result is in the folder. */
    static void measure(String engine, BenchSet set, int millis) throws IOException, InterruptedException {
        run(List.of("node", "--expose-gc", "engines.mjs", engine, set.folder().toString(),
                Integer.toString(set.copies()), Integer.toString(millis)));
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).directory(FOLDER.toFile()).inheritIO().start();
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed; npm and Node 20 are needed");
        }
    }
}
