package conduit.bench;

import conduit.rules.condition.ConditionParser;
import conduit.rules.condition.Fault;
import conduit.rules.engine.Action;
import conduit.rules.engine.Rule;
import conduit.rules.engine.RuleInfo;
import conduit.rules.warning.RuleWarning;
import conduit.rules.warning.Warnings;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;

/** How much time of a processor the warnings about many mixed rules cost, where saliences differ and where all are the same. */
public final class WarningsBench {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int RUNS = 5;
    private static final List<String> MODELS = List.of("claude-haiku-5-5", "claude-sonnet-5-5", "claude-opus-5-5");

    private WarningsBench() {
    }

    public static void main(String[] args) throws Fault {
        for (int count : new int[] {100, 1_000, 5_000}) {
            for (int saliences : new int[] {count, 10, 1}) {
                for (int users : new int[] {count, 50}) {
                    List<Rule> rules = rules(count, saliences, users);
                    StringBuilder line = new StringBuilder(count + " rules, " + saliences + " saliences, " + users
                            + " users, CPU ms:");
                    List<RuleWarning> warnings = List.of();
                    for (int i = 0; i < RUNS; i++) {
                        long start = THREADS.getCurrentThreadCpuTime();
                        warnings = Warnings.of(rules);
                        line.append(' ').append((THREADS.getCurrentThreadCpuTime() - start) / 1_000_000);
                    }
                    System.out.println(line);
                    warnings.stream().filter(w -> w.file() == null).forEach(w -> System.out.println("    " + w));
                }
            }
        }
    }

    private static List<Rule> rules(int count, int saliences, int users) throws Fault {
        Random random = new Random(7);
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RuleInfo info = new RuleInfo("a.drl", "R" + i, 1 + 4 * i, random.nextInt(saliences), List.of());
            rules.add(new Rule(info, true, ConditionParser.parse(condition(random, users), new HashMap<>()),
                    List.of(new Action.To(MODELS.get(random.nextInt(3)), "why"))));
        }
        return rules;
    }

    private static String condition(Random random, int users) {
        int kind = random.nextInt(100);
        int number = random.nextInt(users);
        int low = random.nextInt(100_000);
        return kind < 40 ? "user == \"u" + number + "\" && tokenCount > " + low
                : kind < 65 ? "tokenCount > " + low + " && tokenCount < " + (low + 1 + random.nextInt(1_000))
                : kind < 85 ? "prompt contains \"word" + number + "\""
                : kind < 95 ? "flags contains \"flag" + number + "\""
                : "prompt matches \"(?is).*\\\\bword" + number + "\\\\b.*\"";
    }
}
