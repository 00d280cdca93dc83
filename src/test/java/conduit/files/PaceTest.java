package conduit.files;

import org.junit.jupiter.api.Test;

import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;

/** A folder of tens of thousands of files is not listed in each poll. */
class PaceTest {

    @Test
    void whatTookLongRestsLonger() {
        AtomicLong now = new AtomicLong(-5);
        AtomicLong cpu = new AtomicLong();
        Pace pace = new Pace(20, now::get, cpu::get);
        assertThat(pace.isDue()).as("the first time").isTrue();
        pace.begin();
        cpu.addAndGet(10);
        now.addAndGet(1_000_000);
        pace.end();
        assertThat(pace.isDue()).isFalse();
        now.addAndGet(199);
        assertThat(pace.isDue()).isFalse();
        now.addAndGet(1);
        assertThat(pace.isDue()).isTrue();
        pace.begin();
        now.addAndGet(1_000_000);
        pace.end();
        assertThat(pace.isDue()).as("what only had to wait for others").isTrue();
        pace.begin();
        cpu.addAndGet(1_000_000_000);
        pace.end();
        now.addAndGet(5_000_000_000L);
        assertThat(pace.isDue()).as("it is never put off for longer than 5 s").isTrue();
    }
}
