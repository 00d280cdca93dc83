package conduit.bench.rules;

import conduit.bench.ReloadUnderLoad;
import conduit.bench.Table;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.util.List;
import java.util.Locale;

/**
 * What replacing 1,000 rules costs. First in this process: 200 sets one after the other, each with rules of its own
 * and decisions in between, and the memory that stays ({@code -Dbench.reloads=200}). Then on the whole of Conduit:
 * steady requests while the file is replaced ({@code -Dbench.replacements=5}). 0 leaves a part out.
 */
public final class ReloadBench {

    private static final int RELOADS = Integer.getInteger("bench.reloads", 200);
    private static final int REPLACEMENTS = Integer.getInteger("bench.replacements", 5);
    private static final int RULES = 1_000;
    private static final int REQUESTS = 100;
    private static final int EVERY = 50;

    private ReloadBench() {
    }

    public static void main(String[] args) throws Exception {
        if (RELOADS > 0) {
            reload();
        }
        if (REPLACEMENTS > 0) {
            List<String> bodies = RequestMix.of(mix(0), REQUESTS).stream().map(ReloadBench::body).toList();
            ReloadUnderLoad.run(REPLACEMENTS, ReloadBench::file, bodies);
        }
    }

    private static void reload() {
        Table.title(RELOADS + " reloads of " + RULES + " rules, " + REQUESTS + " decisions behind each; memory after "
                + "a collection, with one set in force");
        Table.head("reloads", "heap MB", "metaspace MB", "classes", "seconds a reload");
        long start = System.nanoTime();
        for (int i = 1; i <= RELOADS; i++) {
            RuleMix mix = mix(i);
            ConduitRules serving = ConduitRules.load(ConduitRules.drl(mix.rules(), false));
            List<Asked> requests = RequestMix.of(mix, REQUESTS);
            Expected.check(serving::decide, requests, Expected.of(mix, requests));
            if (i == 1 || i % EVERY == 0) {
                row(i, (System.nanoTime() - start) / 1e9 / (i == 1 ? 1 : EVERY));
                start = System.nanoTime();
            }
            java.lang.ref.Reference.reachabilityFence(serving);
        }
    }

    private static void row(int reloads, double seconds) {
        double metaspace = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().equals("Metaspace")).map(MemoryPoolMXBean::getUsage)
                .mapToLong(java.lang.management.MemoryUsage::getUsed).sum();
        Table.row(Integer.toString(reloads), megabytes(Loaded.heap()), megabytes(metaspace),
                Integer.toString(ManagementFactory.getClassLoadingMXBean().getLoadedClassCount()),
                String.format(Locale.ROOT, "%.2f", seconds));
    }

    private static String megabytes(double bytes) {
        return String.format(Locale.ROOT, "%.1f", bytes / (1 << 20));
    }

    private static RuleMix mix(long seed) {
        return RuleMix.of(RULES, Profile.FEW, seed);
    }

    /** A version of the file: its last rule takes all that the others leave, and its reason tells the version. */
    private static String file(int version) {
        return ConduitRules.drl(mix(version).rules(), false) + "rule \"The rest\"  salience -1\n"
                + "when  $route : Route()  Request( tokenCount >= 0 )\nthen  $route.to(\"claude-haiku-5-5\", \""
                + ReloadUnderLoad.reason(version) + "\");\nend\n";
    }

    private static String body(Asked asked) {
        return conduit.json.Json.write(java.util.Map.of("prompt", asked.prompt(), "flags", asked.flags(), "agent",
                java.util.Map.of("type", asked.agentType())));
    }
}
