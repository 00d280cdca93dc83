package conduit.flow;

import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.Policy;
import org.apache.camel.support.AsyncProcessorConverterHelper;
import org.apache.camel.support.AsyncProcessorHelper;
import org.apache.camel.AsyncProcessor;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs the steps that it wraps in one database transaction, and rolls it back if they fail. Camel's own {@code
 * transacted} brings an error handler which marks a failure as exhausted, so that nobody above it may try again.
 */
public final class TransactionPolicy implements Policy {

    private final TransactionTemplate transaction;

    public TransactionPolicy(TransactionTemplate transaction) {
        this.transaction = transaction;
    }

    @Override
    public void beforeWrap(Route route, NamedNode definition) {
        // Nothing to prepare.
    }

    @Override
    public Processor wrap(Route route, Processor steps) {
        AsyncProcessor async = AsyncProcessorConverterHelper.convert(steps);
        return exchange -> {
            try {
                transaction.executeWithoutResult(status -> run(async, exchange));
            } catch (RolledBack e) {
                exchange.setException(e.getCause());
            }
        };
    }

    private static void run(AsyncProcessor steps, Exchange exchange) {
        try {
            AsyncProcessorHelper.process(steps, exchange);
        } catch (Exception e) {
            throw new RolledBack(e);
        }
        if (exchange.getException() != null) {
            throw new RolledBack(exchange.getException());
        }
    }

    private static final class RolledBack extends RuntimeException {

        private static final long serialVersionUID = 1;

        RolledBack(Throwable cause) {
            super(cause);
        }
    }
}
