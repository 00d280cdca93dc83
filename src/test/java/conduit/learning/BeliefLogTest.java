package conduit.learning;

import conduit.bandit.Beliefs;
import conduit.bandit.Context;
import conduit.bandit.Tuning;
import conduit.Some;
import conduit.ledger.OnEachDatabase;
import conduit.ledger.Stores;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

import static conduit.learning.Learning.GENERAL;
import static conduit.learning.Learning.guess;
import static conduit.learning.Learning.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is believed is what the log says: after a restart, a rollback, a change of settings, a repair. */
class BeliefLogTest {

    private static void judgeMany(Learning node, Random random, int count) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(Learning.id());
            node.judge(said(ids.get(random.nextInt(ids.size())), "m" + random.nextInt(3), new Context("c"
                    + random.nextInt(30), "long"), random.nextDouble()));
        }
    }

    @OnEachDatabase
    void aRestartKnowsTheSameBitForBit(Stores on) {
        Learning node = new Learning(on);
        Random random = new Random(5);
        judgeMany(node, random, 60);
        node.log.close();
        assertThat(on.jdbc.sql("select snapshot from belief_head").query(Long.class).single()).isEqualTo(node.version());
        assertThat(node.restarted()).as("from the snapshot").isEqualTo(node.log.beliefs());
        judgeMany(node, random, 20);
        assertThat(node.restarted()).as("from the snapshot and lines").isEqualTo(node.log.beliefs())
                .isEqualTo(node.log.at(node.version()));
        assertThat(node.log.beliefs().version()).isEqualTo(node.version());
    }

    /** Else beliefs would be half folded in one way and half in another, and no replay would give them again. */
    @OnEachDatabase
    void aSnapshotThatWasFoldedOtherwiseIsNotUsed(Stores on) {
        Learning node = new Learning(on);
        judgeMany(node, new Random(6), 30);
        node.log.close();
        Learning other = new Learning(on, Some.CATALOGUE, Tuning.DEFAULT.discounting(0.9));
        assertThat(other.log.beliefs()).isEqualTo(other.log.at(node.version()));
        assertThat(other.log.beliefs().cells()).isNotEqualTo(node.log.beliefs().cells());
        other.log.tidy();
        assertThat(on.jdbc.sql("select folded_as from belief_head").query(String.class).single()).contains("discount 0.9,");
        assertThat(node.restarted()).isEqualTo(node.log.at(node.version()));
    }

    /** Else what a former Conduit had folded would be believed for ever after an update that folds otherwise. */
    @OnEachDatabase
    void aSnapshotOfAConduitThatFoldedOtherwiseIsMadeAnewFromTheLog(Stores on) {
        Learning node = new Learning(on);
        judgeMany(node, new Random(8), 30);
        node.log.close();
        on.jdbc.sql("update belief_head set folded_as = replace(folded_as, 'fold 2,', 'fold 1,')").update();
        on.jdbc.sql("update model_states set good = good + 1").update();
        Learning updated = new Learning(on);
        assertThat(updated.log.beliefs()).isEqualTo(updated.log.at(node.version()));
        updated.log.tidy();
        assertThat(on.jdbc.sql("select folded_as from belief_head").query(String.class).single()).startsWith("fold 2,");
        assertThat(node.restarted()).isEqualTo(updated.log.beliefs());
    }

    @OnEachDatabase
    void aSnapshotNeverGoesBack(Stores on) {
        Learning late = new Learning(on);
        Learning node = new Learning(on);
        late.judge(Learning.id(), 1);
        Beliefs old = late.log.beliefs();
        judgeMany(node, new Random(7), 5);
        node.log.close();
        on.transaction.executeWithoutResult(status -> new BeliefSnapshot(on.jdbc).write(old));
        assertThat(on.jdbc.sql("select snapshot from belief_head").query(Long.class).single()).isEqualTo(node.version());
        assertThat(node.restarted()).isEqualTo(node.log.at(node.version()));
    }

    @OnEachDatabase
    void nothingOfARollbackIsRemembered(Stores on) {
        Learning node = new Learning(on);
        Beliefs before = node.log.beliefs();
        on.transaction.executeWithoutResult(status -> {
            node.log.judge(said(Learning.id(), "m", GENERAL, 1));
            assertThat(node.log.beliefs().version()).as("within").isEqualTo(before.version() + 1);
            status.setRollbackOnly();
        });
        assertThat(node.log.beliefs()).isEqualTo(before);
        node.judge(Learning.id(), 0);
        assertThat(node.log.beliefs()).isEqualTo(node.log.at(before.version() + 1));
    }

    /** Who judged asks next: a reader that looked between judgement and commit must not hide it. */
    @OnEachDatabase
    void aJudgementIsSeenAtOnceAndReadersWaitForNobody(Stores on) {
        Learning node = new Learning(on);
        long before = node.log.beliefs().version();
        on.transaction.executeWithoutResult(status -> {
            node.log.judge(said(Learning.id(), "m", GENERAL, 1));
            assertThat(CompletableFuture.supplyAsync(() -> node.log.beliefs().version()).join()).isEqualTo(before);
            assertThat(CompletableFuture.supplyAsync(() -> node.restarted().version()).join()).isEqualTo(before);
        });
        assertThat(node.log.beliefs().version()).isEqualTo(before + 1);
    }

    @OnEachDatabase
    void aGuessNeverReplacesWhatWasSaidAndWhatWasSaidReplacesAGuess(Stores on) {
        Learning node = new Learning(on);
        String id = Learning.id();
        node.judge(guess(id, 0));
        node.judge(guess(id, 0));
        assertThat(node.kinds(id)).containsExactly("judged");
        node.judge(id, 0.75);
        assertThat(node.kinds(id)).containsExactly("judged", "replaced");
        node.judge(guess(id, 0));
        node.judge(id, 0.75);
        assertThat(node.kinds(id)).containsExactly("judged", "replaced");
        assertThat(on.jdbc.sql("select signal || said || reward || '/' || weight from observations where request_id = ?")
                .param(id).query(String.class).single()).isEqualToIgnoringCase("qualitytrue0.75/1"
                        + (on.jdbc.sql("select cast(1 as double precision) || ''").query(String.class).single()
                                .endsWith(".0") ? ".0" : ""));
    }

    /** An id whose run the model refused may run again, on another model: both answers count. */
    @OnEachDatabase
    void eachRunOfAnIdIsJudgedForItself(Stores on) {
        Learning node = new Learning(on);
        String id = Learning.id();
        node.judge(new Judgement(id, 1, id + "-refuses", GENERAL, "refused", 0, 1, true));
        node.judge(new Judgement(id, 2, id + "-answers", GENERAL, "quality", 1, 1, true));
        assertThat(node.kinds(id)).containsExactly("judged", "judged");
        assertThat(node.log.beliefs().overall(id + "-refuses").observations()).isEqualTo(1);
        assertThat(node.log.beliefs().overall(id + "-refuses").beta()).isEqualTo(2);
        assertThat(node.log.beliefs().overall(id + "-answers").alpha()).isEqualTo(2);
    }

    @OnEachDatabase
    void withoutATransactionNothingIsJudged(Stores on) {
        Learning node = new Learning(on);
        String id = Learning.id();
        assertThatThrownBy(() -> node.log.judge(said(id, "m", GENERAL, 1))).isInstanceOf(IllegalStateException.class);
        assertThat(node.kinds(id)).isEmpty();
    }

    /** A damaged log stops the learning, and says so, but not the requests. */
    @OnEachDatabase
    void aMissingLineIsToldAndBeliefsStayWhatTheyWereBeforeIt(Stores on) {
        Learning node = new Learning(on);
        judgeMany(node, new Random(8), 6);
        long gone = node.version() - 2;
        on.jdbc.sql("update belief_log set version = -1 where version = ?").param(gone).update();
        try {
            Learning cut = new Learning(on, Some.CATALOGUE, Tuning.DEFAULT.discounting(0.8));
            assertThat(cut.log.beliefs().version()).isEqualTo(gone - 1);
            String id = Learning.id();
            assertThatThrownBy(() -> cut.judge(id, 1)).hasMessageContaining("belief_log has no line " + gone);
            assertThat(cut.kinds(id)).isEmpty();
            assertThat(cut.log.beliefs().version()).isEqualTo(gone - 1);
        } finally {
            on.jdbc.sql("update belief_log set version = ? where version = -1").param(gone).update();
        }
        assertThat(node.log.beliefs().version()).isEqualTo(node.version());
    }

    /** A database that somebody put back while Conduit ran has other lines from there on. */
    @OnEachDatabase
    void aLogThatWasPutBackIsReadAnew(Stores on) {
        Learning node = new Learning(on);
        Learning other = new Learning(on);
        String id = Learning.id();
        other.judge(Learning.id(), 0.5);
        node.judge(id, 1);
        assertThat(node.log.beliefs().version()).isEqualTo(node.version());
        on.jdbc.sql("delete from belief_log where request_id = ?").param(id).update();
        on.jdbc.sql("delete from observations where request_id = ?").param(id).update();
        on.jdbc.sql("update belief_head set version = version - 1").update();
        node.judge(Learning.id(), 0);
        assertThat(node.log.beliefs()).isEqualTo(node.log.at(node.version()));
    }
}
