package conduit.expression;
import java.time.Duration;
import java.util.function.LongSupplier;
public final class Deadline {
    public static Deadline none() { return new Deadline(); }
    public static Deadline after(Duration d, LongSupplier nanoTime) { return new Deadline(); }
    public void check() { }
}
