package conduit.backup;

import conduit.Some;
import conduit.backup.file.BackupWriter;
import conduit.backup.file.Header;
import conduit.backup.file.Kind;
import conduit.backup.file.Sheet;
import conduit.problem.Problem;
import conduit.problem.ProblemException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import static conduit.backup.Home.NOON;
import static org.assertj.core.api.Assertions.assertThat;

/** A file that is not exactly what was written is refused, and nothing is changed. */
class BadBackupTest {

    private static final int MUTATIONS = Integer.getInteger("backup.mutations", 1_000);

    private static Home home;
    private static Home from;
    private static byte[] good;
    private static Map<String, List<String>> before;

    @BeforeAll
    static void make() throws Exception {
        from = new Home(true).filled();
        good = Files.readAllBytes(from.folder.resolve(from.backups.create(null).name()));
        home = new Home(true);
        home.answer("here", "shop", NOON);
        before = home.rows();
    }

    @AfterAll
    static void close() {
        from.close();
        home.close();
    }

    @AfterEach
    void nothingIsChanged() throws IOException {
        assertThat(home.rows()).isEqualTo(before);
        try (Stream<Path> left = Files.list(home.folder)) {
            assertThat(left.filter(file -> file.toString().endsWith(".tmp"))).isEmpty();
        }
    }

    private static Problem refused(byte[] bytes) throws IOException {
        Files.write(home.folder.resolve("bad.jsonl.gz"), bytes);
        return refused("bad.jsonl.gz");
    }

    private static Problem refused(String name) {
        return Some.problem(() -> home.backups.restore(name, false));
    }

    private interface Filling {

        void into(BackupWriter writer) throws IOException;
    }

    /** A file whose seal is right, whatever is in it. */
    private static byte[] sealed(Header header, Filling filling) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BackupWriter writer = new BackupWriter(out, header);
        filling.into(writer);
        writer.finish();
        return out.toByteArray();
    }

    private static Problem forged(Filling filling) throws IOException {
        return refused(sealed(new Header(1, NOON.toInstant(), null, "1"), filling));
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    @Test
    void everyFlippedBitAndEveryCutIsFound() throws Exception {
        Random random = new Random(20261121);
        for (int i = 0; i < MUTATIONS; i++) {
            int at = i < good.length && i < 400 ? i % 2 == 0 ? i / 2 : good.length - 1 - i / 2 : random.nextInt(good.length);
            byte[] bad = good.clone();
            switch (i % 5) {
                case 0, 1, 2 -> bad[at] ^= (byte) (1 << random.nextInt(8));
                case 3 -> bad = Arrays.copyOf(bad, at);
                default -> bad = Arrays.copyOf(bad, bad.length + 1 + random.nextInt(3));
            }
            assertThat(refused(bad).kind()).as("mutation %d at %d", i, at).isEqualTo(conduit.problem.Kind.BAD_BACKUP);
        }
    }

    @Test
    void whatIsNoBackupIsSaidToBeNone() throws Exception {
        for (byte[] none : List.of(new byte[0], "nonsense".getBytes(), gzip("nonsense\n".getBytes()), gzip(new byte[0]),
                gzip("{\"prompt\":\"x\"}\n".getBytes()), gzip(new byte[1 << 24]), new byte[] {0x1f, (byte) 0x8b})) {
            assertThat(refused(none).detail()).startsWith("The backup bad.jsonl.gz is no backup of Conduit");
        }
    }

    @Test
    void anotherVersionAndANewerSchemaAreNamed() throws Exception {
        assertThat(refused(sealed(new Header(2, NOON.toInstant(), null, "1"), w -> { })).detail())
                .isEqualTo("The backup bad.jsonl.gz has version 2; this Conduit reads version 1. Restore it with the Conduit "
                        + "that made it.");
        assertThat(refused(sealed(new Header(1, NOON.toInstant(), null, "99.1"), w -> { })).detail())
                .contains("newer Conduit", "99.1");
        assertThat(refused(sealed(new Header(1, NOON.toInstant(), null, "x"), w -> { })).detail()).contains("header");
    }

    @Test
    void aCutFileAndAWrongChecksumAreTold() throws Exception {
        assertThat(refused(Arrays.copyOf(good, good.length - 1)).detail()).contains("not whole");
        byte[] bad = good.clone();
        bad[bad.length / 2] ^= 1;
        assertThat(refused(bad).detail()).contains("SHA-256");
    }

    @Test
    void whatDoesNotFitTheTablesIsNamed() throws Exception {
        Sheet.Column id = new Sheet.Column("id", Kind.TEXT);
        assertThat(forged(w -> w.table(new Sheet("secrets", List.of(id)))).detail()).contains("table \"secrets\"");
        assertThat(forged(w -> w.table(new Sheet("nodes", List.of(id)))).detail()).contains("table \"nodes\"");
        assertThat(forged(w -> w.table(new Sheet("projects", List.of(id, new Sheet.Column("x; drop table projects",
                Kind.TEXT))))).detail()).contains("column \"x; drop");
        assertThat(forged(w -> w.table(new Sheet("projects", List.of(new Sheet.Column("id", Kind.WHOLE))))).detail())
                .contains("column \"id\"");
    }

    @Test
    void rowsThatBreakARuleAreRefusedWhole() throws Exception {
        Sheet spending = new Sheet("spending", List.of(new Sheet.Column("project_id", Kind.TEXT),
                new Sheet.Column("period", Kind.TEXT), new Sheet.Column("spent", Kind.DECIMAL),
                new Sheet.Column("reserved", Kind.DECIMAL)));
        Filling good = w -> {
            w.table(spending);
            w.row(List.of("forged", "2026-11-21", "1", "0"));
        };
        for (Object[] row : new Object[][] {{"p", "2026-11-21", "-1", "0"}, {"p", "2026-11-21", "1e999999999", "0"},
                {"p", "2026-11-21", "x", "0"}, {"p", "2026-11-21", "9".repeat(40), "0"}, {"p", "x".repeat(50), "1", "0"},
                {"forged", "2026-11-21", "2", "0"}, {"p", "2026-11-21", "1"}, {"p", "2026-11-21", "1", 7L}}) {
            assertThat(forged(w -> {
                good.into(w);
                w.row(Arrays.asList(row));
            }).kind()).as(Arrays.toString(row)).isEqualTo(conduit.problem.Kind.BAD_BACKUP);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../bad.jsonl.gz", "..", "/etc/passwd", "a/b.jsonl.gz", ".hidden.jsonl.gz", "a..jsonl.gz", "a.gz",
            "a\u0000.jsonl.gz", "a\n.jsonl.gz", ""})
    void aNameIsNoPath(String name) {
        assertThat(refused(name).more()).containsEntry("field", "name");
    }

    @Test
    void aFileThatIsNotThereIsTold() throws Exception {
        assertThat(refused("none.jsonl.gz").kind()).isEqualTo(conduit.problem.Kind.NOT_FOUND);
        Files.createSymbolicLink(home.folder.resolve("link.jsonl.gz"), from.folder);
        assertThat(refused("link.jsonl.gz").kind()).isEqualTo(conduit.problem.Kind.NOT_FOUND);
        Files.delete(home.folder.resolve("link.jsonl.gz"));
        assertThat(Some.problem(() -> home.backups.create("nobody")).detail()).contains("no project \"nobody\"");
    }

    @Test
    void aDiskThatIsFullLeavesNothing() throws Exception {
        BackupFolder full = new BackupFolder(home.folder, out -> new Short(out, 2_000));
        Backups backups = new Backups(full, new conduit.backup.table.Tables(from.database, from.gate, "x",
                (id, run) -> false), 0, conduit.ledger.Stores.CLOCK);
        List<Summary> listed = home.backups.list();
        assertThat(Some.problem(() -> backups.create(null)).detail()).contains("No space left", "Make room")
                .doesNotContain(home.folder.toString());
        assertThat(home.backups.list()).isEqualTo(listed);
        assertThat(backups.state()).isNull();
    }

    /** A disk of a few bytes. */
    private static final class Short extends FilterOutputStream {

        private int room;

        Short(OutputStream out, int room) {
            super(out);
            this.room = room;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            room -= length;
            if (room < 0) {
                throw new IOException("No space left on device");
            }
            out.write(bytes, from, length);
        }
    }

    @Test
    void oneRunsAtATimeAndALockOfAnotherProcessIsSeen() throws Exception {
        try (AutoCloseable lock = new BackupFolder(home.folder).lock()) {
            assertThat(lock).isNotNull();
            assertThat(Some.problem(() -> home.backups.create(null)).kind()).isEqualTo(conduit.problem.Kind.SATURATED);
        }
        Backups[] twice = new Backups[1];
        ProblemException[] second = new ProblemException[1];
        BackupFolder slow = new BackupFolder(Files.createTempDirectory("slow"), out -> {
            second[0] = new ProblemException(Some.problem(() -> twice[0].create(null)));
            return out;
        });
        twice[0] = new Backups(slow, new conduit.backup.table.Tables(from.database, from.gate, "x", (id, run) -> false), 0,
                conduit.ledger.Stores.CLOCK);
        twice[0].create(null);
        assertThat(second[0].problem().kind()).isEqualTo(conduit.problem.Kind.SATURATED);
    }

    @Test
    void whatACrashLeftIsRemovedAndScheduledOnesAreKeptInNumber() throws Exception {
        Path folder = Files.createTempDirectory("nightly");
        Files.writeString(folder.resolve(".backup-x.jsonl.gz.tmp"), "half");
        Files.write(folder.resolve("scheduled-broken.jsonl.gz"), new byte[] {1});
        conduit.SettableClock clock = new conduit.SettableClock("2026-11-21T03:30:00Z");
        Backups nightly = new Backups(new BackupFolder(folder), new conduit.backup.table.Tables(from.database, from.gate, "x",
                (id, run) -> false), 2, clock);
        nightly.create("shop");
        nightly.create("shop");
        for (int day = 21; day < 25; day++) {
            clock.set("2026-11-" + day + "T03:30:00Z");
            nightly.scheduled();
        }
        assertThat(nightly.list()).extracting(Summary::name).containsExactly("scheduled-2026-11-24T033000.000Z.jsonl.gz",
                "scheduled-2026-11-23T033000.000Z.jsonl.gz", "backup-2026-11-21T033000.000Z-shop.jsonl.gz",
                "backup-2026-11-21T033000.000Z-shop-2.jsonl.gz", "scheduled-broken.jsonl.gz");
        assertThat(nightly.list().get(4).valid()).isFalse();
        assertThat(folder.resolve(".backup-x.jsonl.gz.tmp")).doesNotExist();
    }
}
