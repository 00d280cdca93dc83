package conduit.evaluation;

import conduit.bandit.Arm;
import conduit.bandit.Beliefs;
import conduit.bandit.Choice;
import conduit.bandit.Context;
import conduit.bandit.Entry;
import conduit.bandit.Terms;
import conduit.bandit.ThompsonSampler;
import conduit.bandit.Tuning;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Queries of which is known what each model makes of them, and a bandit that chooses, learns and records. */
record Traffic(List<String> models, List<Query> queries) {

    private static final double[][] PRICES = {{1, 5}, {3, 15}, {5, 25}};

    /** @param rewards a model, 0 to 1 */
    record Query(Context context, double[] rewards, double[] costs) {
    }

    /** One record, and what each model would have given. */
    record Seen(Logged logged, Query query) {
    }

    /** Fourteen kinds of request and three models, as like real ones as is needed: which is best differs by kind. */
    static Traffic made(long seed) {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
        List<Query> queries = new ArrayList<>();
        for (int kind = 0; kind < 14; kind++) {
            double[] right = {.55 + .4 * random.nextDouble(), .7 + .25 * random.nextDouble(), .75 + .23 * random.nextDouble()};
            int count = 50 + random.nextInt(180);
            for (int i = 0; i < count; i++) {
                int input = 200 + random.nextInt(1_500);
                double hard = random.nextDouble();
                double[] rewards = new double[3];
                double[] costs = new double[3];
                for (int m = 0; m < 3; m++) {
                    // Half of what a query asks is the same for all models.
                    double lot = random.nextBoolean() ? hard : random.nextDouble();
                    rewards[m] = lot < right[m] ? 1 : 0;
                    costs[m] = (input * PRICES[m][0] + (20 + random.nextInt(150)) * PRICES[m][1]) / 1e6;
                }
                queries.add(new Query(Context.of("kind" + kind, input), rewards, costs));
            }
        }
        return new Traffic(List.of("small", "middle", "large"), queries);
    }

    /** A recording of bandit replay at the prices above. */
    static Traffic of(Path file) throws IOException {
        Map<String, Query> queries = new LinkedHashMap<>();
        List<String> models = new ArrayList<>();
        for (String line : Files.readAllLines(file).stream().skip(1).toList()) {
            String[] cells = line.split(",");
            int model = models.indexOf(cells[3]);
            if (model < 0) {
                model = models.size();
                models.add(cells[3]);
            }
            int input = Integer.parseInt(cells[2]);
            Query query = queries.computeIfAbsent(cells[0], k -> new Query(Context.of(cells[1], input), new double[3],
                    new double[3]));
            query.rewards()[model] = Double.parseDouble(cells[4]);
            query.costs()[model] = (input * PRICES[model][0] + Integer.parseInt(cells[6]) * PRICES[model][1]) / 1e6;
        }
        return new Traffic(models, List.copyOf(queries.values()));
    }

    /** What a bandit that learns as Conduit does records on so many requests. */
    List<Seen> record(int requests, double uniform, double restBeyond, long seed) {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
        Beliefs beliefs = Beliefs.none(Tuning.DEFAULT, Map.of());
        double[] means = new double[models.size()];
        for (Query query : queries) {
            for (int m = 0; m < means.length; m++) {
                means[m] += query.costs()[m] / queries.size();
            }
        }
        Terms terms = new Terms(0.04, means[means.length - 1], 1, uniform, restBeyond, null);
        List<Seen> seen = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            Query query = queries.get(random.nextInt(queries.size()));
            List<Arm> arms = new ArrayList<>();
            for (int m = 0; m < models.size(); m++) {
                arms.add(new Arm(models.get(m), beliefs.posterior(query.context(), models.get(m)),
                        BigDecimal.valueOf(means[m])));
            }
            Choice choice = ThompsonSampler.choose(arms, terms, random.nextLong());
            int chosen = models.indexOf(choice.model());
            beliefs = beliefs.after(new Entry.Judged(i + 1L, query.context(), choice.model(), query.rewards()[chosen], 1));
            seen.add(new Seen(new Logged(query.context(), choice.candidates(), terms, choice.model(),
                    query.rewards()[chosen], query.costs()[chosen]), query));
        }
        return seen;
    }

    /** What a policy would have reached on these requests: quality and cost. */
    static double[] truth(List<Seen> seen, Target target) {
        double[] sums = new double[2];
        for (Seen one : seen) {
            double[] chances = target.chances(one.logged());
            for (int m = 0; m < chances.length; m++) {
                sums[0] += chances[m] * one.query().rewards()[m] / seen.size();
                sums[1] += chances[m] * one.query().costs()[m] / seen.size();
            }
        }
        return sums;
    }
}
