package conduit.rules;

import conduit.rules.engine.RuleSet;
import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.file.Files;

import static conduit.rules.engine.Deciding.ask;
import static conduit.rules.engine.Deciding.rule;
import static org.assertj.core.api.Assertions.assertThat;

/** A set that was replaced goes away, and leaves no classes behind: a server reloads for months. */
class RuleReloadLeakTest extends RuleBookRig {

    private static final int RELOADS = 100;

    private RuleSet reload(int round) throws Exception {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            text.append(rule("R" + i, i, "Request( user == \"u" + round + "\", tokenCount > " + i + " || prompt matches \"x"
                    + i + "+\" )", "$route.to(\"claude-haiku-5-5\", \"" + round + "\");"));
        }
        Files.writeString(folder.resolve("a.drl"), text);
        book.refresh();
        for (int i = 0; i < 30; i++) {
            ask(book.serving(), "{'prompt':'" + "x".repeat(i + 1) + "','user':'u" + round + "'}");
        }
        return book.serving();
    }

    /** The classes that are loaded when all garbage is gone; each set has a few, which must go with it. */
    private static int classes() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
    }

    @Test
    void manyReloadsLeaveNoSetAndNoClassesBehind() throws Exception {
        WeakReference<RuleSet> first = new WeakReference<>(reload(0));
        for (int round = 1; round < 10; round++) {
            reload(round);
        }
        int before = classes();
        for (int round = 10; round < 10 + RELOADS; round++) {
            reload(round);
        }

        assertThat(classes() - before).as("classes of %d reloads", RELOADS).isLessThan(RELOADS);
        assertThat(first.get()).as("the first set").isNull();
    }
}
