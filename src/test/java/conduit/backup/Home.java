package conduit.backup;

import com.zaxxer.hikari.HikariDataSource;
import conduit.backup.table.Dump;
import conduit.bandit.Context;
import conduit.bandit.Usage;
import conduit.backup.table.Tables;
import conduit.feedback.Feedback;
import conduit.feedback.FeedbackStore;
import conduit.ledger.Completion;
import conduit.ledger.Gate;
import conduit.ledger.OnEachDatabase.Databases;
import conduit.ledger.Run;
import conduit.ledger.Stores;
import conduit.project.ProjectParser;
import conduit.Some;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;

/** A ledger in a database of its own, its backups in a folder of its own. */
final class Home implements AutoCloseable {

    static final ZonedDateTime NOON = Stores.NOON;

    final HikariDataSource database;
    final Gate gate;
    final Stores on;
    final Path folder;
    final Backups backups;

    Home(boolean h2) throws IOException {
        database = Databases.fresh(h2);
        gate = new Gate(database);
        on = new Stores(database);
        folder = Files.createTempDirectory("backups");
        backups = new Backups(new BackupFolder(folder), new Tables(database, gate, "other", (id, run) -> false), 0,
                Stores.CLOCK);
    }

    /** Every row of every table, as text. */
    Map<String, List<String>> rows() {
        return Dump.of(database);
    }

    /** The stores behind the gate, as Conduit binds them. */
    Stores gated() {
        return new Stores(database, gate);
    }

    /** Takes over a backup of another home. */
    String take(Home other, String name) throws IOException {
        Files.copy(other.folder.resolve(name), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        return name;
    }

    Restored restore(Home other, String name) throws IOException {
        return backups.restore(take(other, name), false);
    }

    void project(String id, String json) {
        on.projects.put(new ProjectParser(Some.CATALOGUE).parse(id, json.replace('\'', '"')));
    }

    Run accept(String id, String project, ZonedDateTime at) {
        return on.accept(Stores.routed(id, project, "0.5", at));
    }

    Completion answer(String id, String project, ZonedDateTime at) {
        Completion done = Stores.answered(accept(id, project, at), 100 + id.length());
        on.settle(done);
        return done;
    }

    void judge(String id, String value) {
        new FeedbackStore(on.jdbc, on.transaction, on.requests, on.beliefs, Stores.CLOCK).take(Feedback.parse(
                "{\"requestId\":\"" + id + "\",\"signal\":\"quality\",\"value\":" + value + "}"));
    }

    void sql(String sql, Object... params) {
        on.jdbc.sql(sql).params(params).update();
    }

    /** Something in every table, and each kind of value at its worst. */
    Home filled() {
        project("shop", "{'defaultModel':'claude-haiku-5-5','costLimits':{'daily':1.5,'monthly':20},'minQuality':0.1,"
                + "'storePrompts':true,'routingRules':[{'id':'r','name':'Big','priority':7,'targetModel':'claude-opus-5-5',"
                + "'conditions':{'type':'AND','rules':[{'field':'tokenCount','operator':'>','value':10}]}}]}");
        project("lab", "{'defaultModel':'claude-opus-5-5'}");
        for (int i = 0; i < 6; i++) {
            answer("s" + i, i % 2 == 0 ? "shop" : "lab", NOON.plusDays(10 * i).plusNanos(i * 1_000_000L));
        }
        on.settle(Stores.failed(accept("failed", "shop", NOON), false));
        on.settle(Stores.failed(accept("again", "shop", NOON), true));
        answer("again", "shop", NOON.plusMinutes(1));
        on.settle(Stores.answered(on.further(accept("tried", "shop", NOON), 50, "claude-opus-5-5", "0.9"), 10));
        on.further(accept("held", "shop", NOON), 0, "claude-opus-5-5", "0.9");
        accept("lost", "lab", NOON);
        sql("update reservations set state = 'unknown' where request_id = 'lost'");
        sql("update requests set state = 'unknown', prompt = ?, system_text = '', category = ? where id = 'lost'",
                "a\n\r\t\"\\ \u00e9\u4e2d\ud83d\ude00 \u2028 ".repeat(3_000), "\u0001\u007f'");
        judge("s0", "0.1");
        judge("s1", "0.30000000000000004");
        sql("insert into implicit_feedback values ('s0', 'regenerated', 'claude-haiku-5-5', 0, ?, ?)", Double.MIN_VALUE,
                Stores.NOON.toOffsetDateTime());
        on.transaction.executeWithoutResult(status -> on.experiences.learn("shop", Context.of("general", 1),
                "claude-haiku-5-5", Usage.of(7, 400, 1_234, 0.1)));
        on.beliefs.close();
        sql("update export_queue set file = 'usage-2026-11-21.csv' where kind = 'daily'");
        return this;
    }

    BigDecimal sum(String sql) {
        return on.sum("select coalesce((" + sql + "), 0)");
    }

    @Override
    public void close() {
        database.close();
    }
}
