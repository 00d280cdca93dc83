package conduit.learning;

import conduit.bandit.Beliefs;
import conduit.bandit.Context;
import conduit.bandit.Entry;
import conduit.bandit.Evidence;
import conduit.bandit.Tuning;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** Beliefs are the fold of the log, whoever delivers its lines, and cells are given to contexts by fixed rules. */
class FoldTest {

    private static final Tuning FEW = new Tuning(0.99, 2, 10, 4, 50);

    private static Context context(int number) {
        return new Context("c" + number, "short");
    }

    private static Beliefs none(Tuning tuning) {
        return Beliefs.none(tuning, Map.of());
    }

    private static Beliefs judged(Beliefs before, Context context, double reward) {
        return before.after(new Entry.Judged(before.version() + 1, context, "m", reward, 1));
    }

    /** A log of all kinds of lines, such as the store writes it. */
    private static List<Entry> log(int length, Random random) {
        List<Entry> lines = new ArrayList<>();
        List<Entry.Replaced> replaceable = new ArrayList<>();
        Beliefs beliefs = none(FEW);
        while (lines.size() < length) {
            long version = lines.size() + 1;
            int kind = random.nextInt(100);
            Entry line;
            if (kind < 2) {
                line = new Entry.NewVersion(version, "m" + random.nextInt(4), "m" + random.nextInt(4));
            } else if (kind < 20 && !replaceable.isEmpty()) {
                Entry.Replaced old = replaceable.remove(random.nextInt(replaceable.size()));
                line = new Entry.Replaced(version, old.former(), old.place(), random.nextDouble(), 1);
            } else {
                Context context = context(random.nextInt(random.nextInt(9) + 1));
                Entry.Judged judged = new Entry.Judged(version, context, "m" + random.nextInt(4), random.nextDouble(),
                        1 - random.nextDouble());
                Entry.Judged seated = new Entry.Judged(version, beliefs.seat(context), judged.model(), judged.reward(),
                        judged.weight());
                replaceable.add(new Entry.Replaced(0, seated, beliefs.place(context), 0, 1));
                line = judged;
            }
            lines.add(line);
            beliefs = beliefs.after(line);
        }
        return lines;
    }

    @Test
    void linesInAnyOrderAndSomeTwiceGiveTheSameBeliefs() {
        Random random = new Random(20261122);
        List<Entry> lines = log(4_000, random);
        Beliefs inOrder = none(FEW);
        for (Entry line : lines) {
            inOrder = inOrder.after(line);
        }
        assertThat(inOrder.cells()).hasSizeGreaterThan(3);
        for (int round = 0; round < 5; round++) {
            List<Entry> delivered = new ArrayList<>(lines);
            delivered.addAll(lines.subList(random.nextInt(1_000), 1_000 + random.nextInt(3_000)));
            Collections.shuffle(delivered, random);
            assertThat(none(FEW).afterAll(delivered)).isEqualTo(inOrder);
            Beliefs half = none(FEW).afterAll(lines.subList(0, random.nextInt(4_000)));
            assertThat(half.afterAll(delivered)).as("from version %d on", half.version()).isEqualTo(inOrder);
        }
    }

    @Test
    void aMissingLineAndTwoThatContradictAreTold() {
        List<Entry> lines = log(10, new Random(1));
        List<Entry> gap = new ArrayList<>(lines);
        gap.remove(4);
        assertThatThrownBy(() -> none(FEW).afterAll(gap)).hasMessageContaining("line 6 does not follow line 4");
        lines.add(new Entry.NewVersion(5, "other", "m"));
        assertThatThrownBy(() -> none(FEW).afterAll(lines)).hasMessageContaining("line 5 is there as");
    }

    @Test
    void whatIsReplacedKeepsItsAge() {
        Beliefs wrong = judged(none(FEW), context(0), 0.25);
        Beliefs right = judged(none(FEW), context(0), 1);
        for (int i = 0; i < 30; i++) {
            wrong = judged(wrong, context(0), 0.5);
            right = judged(right, context(0), 0.5);
        }
        Evidence replaced = wrong.after(new Entry.Replaced(wrong.version() + 1,
                new Entry.Judged(1, context(0), "m", 0.25, 1), 1, 1, 1)).cells().get(context(0)).of("m");
        Evidence said = right.cells().get(context(0)).of("m");
        assertThat(replaced.good()).isCloseTo(said.good(), within(1e-12));
        assertThat(replaced.bad()).isCloseTo(said.bad(), within(1e-12));
        assertThat(replaced.squares()).isCloseTo(said.squares(), within(1e-12));
        assertThat(replaced.count()).isEqualTo(said.count());
    }

    @Test
    void theContextBeyondTheLastCellSharesOne() {
        Beliefs beliefs = none(Tuning.DEFAULT);
        for (int i = 0; i <= Tuning.DEFAULT.cells(); i++) {
            beliefs = judged(beliefs, context(i), 1);
        }
        Context shared = new Context(Context.OTHER, "short");
        assertThat(beliefs.cells()).hasSize(21).containsKey(shared).doesNotContainKey(context(20));
        assertThat(beliefs.cells().get(shared).of("m").count()).isEqualTo(1);
        assertThat(beliefs.held(context(20))).isEqualTo(shared);
        assertThat(beliefs.held(context(19))).isEqualTo(context(19));
        beliefs = judged(beliefs, context(21), 0);
        assertThat(beliefs.cells()).hasSize(21);
        assertThat(beliefs.posterior(context(20), "m")).isEqualTo(beliefs.posterior(context(21), "m"));
    }

    @Test
    void aCellThatWasIdleForLongIsGivenAway() {
        Beliefs beliefs = none(FEW);
        for (int i = 0; i < 4; i++) {
            beliefs = judged(beliefs, context(i), 1);
        }
        while (beliefs.version() < FEW.patience()) {
            beliefs = judged(beliefs, context(1 + (int) beliefs.version() % 3), 1);
        }
        assertThat(beliefs.cells()).containsKey(context(0));
        assertThat(judged(beliefs, context(9), 1).cells().keySet()).as("one line too early").contains(context(0));
        beliefs = judged(judged(beliefs, context(1), 1), context(9), 0);
        assertThat(beliefs.cells()).hasSize(4).containsKey(context(9)).doesNotContainKey(context(0));
        assertThat(beliefs.cells().get(context(9)).born()).isEqualTo(beliefs.version());
    }

    /** What the cell that is gone held can't be replaced in the one that all share, which never held it. */
    @Test
    void aJudgementWhoseCellIsGoneIsReplacedNowhere() {
        Beliefs beliefs = none(FEW);
        for (int i = 0; i < 5; i++) {
            beliefs = judged(beliefs, context(i), 1);
        }
        Beliefs first = beliefs;
        assertThat(first.cells()).containsKey(new Context(Context.OTHER, "short"));
        for (int i = 0; i <= FEW.patience(); i++) {
            beliefs = judged(beliefs, context(1 + i % 3), 1);
        }
        beliefs = judged(beliefs, context(9), 1);
        assertThat(beliefs.cells()).doesNotContainKey(context(0));
        Beliefs after = beliefs.after(new Entry.Replaced(beliefs.version() + 1,
                new Entry.Judged(1, context(0), "m", 1, 1), 1, 0, 1));
        assertThat(after.cells()).isEqualTo(beliefs.cells());
    }

    /** Judged in the shared cell, it is found there, also once its context has a cell of its own. */
    @Test
    void aJudgementInTheSharedCellIsReplacedThere() {
        Beliefs beliefs = none(FEW);
        for (int i = 0; i < 4; i++) {
            beliefs = judged(beliefs, context(i), 1);
        }
        Context shared = beliefs.seat(context(4));
        assertThat(shared.category()).isEqualTo(Context.OTHER);
        long place = beliefs.place(context(4));
        beliefs = judged(beliefs, context(4), 1);
        long version = beliefs.version();
        for (int i = 0; i <= FEW.patience(); i++) {
            beliefs = judged(beliefs, context(1 + i % 3), 1);
        }
        beliefs = judged(beliefs, context(4), 1);
        assertThat(beliefs.cells()).containsKey(context(4));
        beliefs = beliefs.after(new Entry.Replaced(beliefs.version() + 1, new Entry.Judged(version, shared, "m", 1, 1),
                place, 0, 1));
        assertThat(beliefs.cells().get(shared).of("m").bad()).isEqualTo(1);
        assertThat(beliefs.cells().get(context(4)).of("m").bad()).isZero();
    }
}
