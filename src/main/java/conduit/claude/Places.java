package conduit.claude;

import java.util.concurrent.Semaphore;

/** The places for processes of the CLI, first come, first served. */
public final class Places {

    private final Semaphore free;

    /** @param concurrency processes at a time */
    public Places(int concurrency) {
        this.free = new Semaphore(concurrency, true);
    }

    public void enter() throws InterruptedException {
        free.acquire();
    }

    public void leave() {
        free.release();
    }
}
