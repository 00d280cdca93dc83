package conduit.faults;

import conduit.ConduitRig;
import conduit.faults.ConduitProcess.Ended;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;

import static org.assertj.core.api.Assertions.assertThat;

/** The packaged jar's command line: nothing but the answer on standard output, no log line, no server started. */
class CommandLineIT {

    @TempDir
    Path home;
    private ConduitProcess conduit;

    @BeforeEach
    void create() throws Exception {
        conduit = ConduitProcess.in(home);
    }

    @Test
    void theShippedRulesAreChecked() throws Exception {
        Ended ended = conduit.run("rules", "check", "--json", "rules");

        assertThat(ended.exit()).as(ended.errors()).isZero();
        assertThat(ConduitRig.JSON.readTree(ended.out()).path("ok").booleanValue()).isTrue();
        assertThat(ended.errors()).matches("ok: .*\n");
        assertThat(home.resolve("h2-data")).doesNotExist();
    }

    @Test
    void aProblemIsToldInUtf8WhateverTheConsole() throws Exception {
        Files.writeString(home.resolve("rules/mine.drl"), "rule \"Größe\" when $route : Route() Request( flag == 1 ) "
                + "then $route.category(\"x\"); end\n");

        Ended ended = conduit.environment("LC_ALL", "POSIX").run("rules", "check", "rules/mine.drl");

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.out()).startsWith("rules/mine.drl:1 in rule \"Größe\": ").hasLineCount(1);
        assertThat(ended.errors()).isEqualTo("not ok: 1 problem in 1 file\n");
    }

    /** Else a backup, or an export, would be made by a home or a database that nobody meant. */
    @Test
    void aMisspeltSettingIsToldAndTheAnswerStaysAlone() throws Exception {
        Ended ended = conduit.set("conduit.db.ulr", "jdbc:h2:mem:x").run("rules", "check", "--json", "rules");

        assertThat(ended.errors()).startsWith("Take care: conduit.db.ulr is no setting of Conduit and changes nothing.\nok: ");
        assertThat(ConduitRig.JSON.readTree(ended.out()).path("ok").booleanValue()).isTrue();
        assertThat(ended.exit()).isZero();
    }

    @Test
    void theVersionIsThatOfTheJar() throws Exception {
        Ended ended = conduit.run("--version");

        assertThat(ended.exit()).isZero();
        assertThat(ended.out()).matches("conduit \\d\\S* \\(Java \\d+\\)\n");
        assertThat(ended.errors()).isEmpty();
    }

    @Test
    void aDatabaseThatAServerHoldsIsToldWithTheWayToIt() throws Exception {
        Files.createDirectories(home.resolve("h2-data"));
        try (var held = DriverManager.getConnection("jdbc:h2:file:" + home.resolve("h2-data/conduit"), "conduit", "")) {
            assertThat(held.isValid(1)).isTrue();

            Ended ended = conduit.run("rules", "backtest", "rules");

            assertThat(ended.exit()).isEqualTo(1);
            assertThat(ended.out()).isEmpty();
            assertThat(ended.errors().lines()).hasSize(2).last().asString()
                    .startsWith("conduit: ").contains("in use by another process", "--url");
        }
    }
}
