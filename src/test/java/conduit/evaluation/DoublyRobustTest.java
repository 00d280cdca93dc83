package conduit.evaluation;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.List;

class DoublyRobustTest {
    @Test
    void explore() throws Exception {
        Traffic[] all = {Traffic.made(7), Traffic.of(Path.of(System.getProperty("replay.folder"), "A_tiers3.csv"))};
        for (Traffic traffic : all) {
            for (double rest : new double[] {0, 1.75}) {
                for (Target target : List.of(new Target.Sampler(null), new Target.Sampler(0.02), new Target.Sampler(0.08), new Target.Sampler(0.2), new Target.Cheapest(), new Target.Largest(traffic.models().get(2)), new Target.One(traffic.models().get(1)))) {
                    double[] squares = new double[2]; double ess = 0, uns = 0; int cover = 0; double bias = 0, rec = 0, tr = 0; int runs = 40; int warn = 0;
                    for (int run = 0; run < runs; run++) {
                        var seen = traffic.record(5000, 0.05, rest, 100 + run);
                        var e = DoublyRobust.evaluate(seen.stream().map(Traffic.Seen::logged).toList(), target);
                        double[] truth = Traffic.truth(seen, target);
                        double d = e.quality().value() - truth[0];
                        squares[0] += d * d / runs; bias += d / runs;
                        double c = e.costUsd().value() / truth[1] - 1;
                        squares[1] += c * c / runs;
                        ess += e.effectiveSampleSize() / runs; uns += e.unsupported() / runs;
                        warn += e.warnings().isEmpty() ? 0 : 1;
                        cover += e.quality().low() <= truth[0] && truth[0] <= e.quality().high() ? 1 : 0;
                        rec += e.recordedQuality() / runs; tr += truth[0] / runs;
                    }
                    System.out.printf("rest %.2f %-50s RMSE q %.4f bias %.4f cost %.4f ess %.0f uns %.3f cover %d/%d warn %d rec %.3f truth %.3f%n", rest, target, Math.sqrt(squares[0]), bias, Math.sqrt(squares[1]), ess, uns, cover, runs, warn, rec, tr);
                }
            }
        }
    }
}
