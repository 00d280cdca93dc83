package conduit.attempt;

import conduit.claude.Failure;
import conduit.claude.Failure.Verdict;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.internal.CircuitBreakerStateMachine;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * Leaves models alone that fail again and again: a breaker each. An open one lets nobody through until its pause is over,
 * then a single call as a probe, whose end closes or opens it again.
 */
public final class Breakers {

    /** The library's pause is over only behind its last moment. */
    private static final Duration TICK = Duration.ofMillis(1);
    private static final int WINDOW = 10;
    private static final double PERCENT = 100;
    private static final Exception FAILED = new Exception("the call failed");

    private static final Logger LOG = LoggerFactory.getLogger(Breakers.class);

    private final Map<String, Breaker> breakers = new LinkedHashMap<>();
    private final Setting setting;
    private final Clock clock;

    /**
     * When to leave a model alone, and for how long.
     *
     * @param failures so many failures among its last 10 calls, 1 to 10; 0: never
     */
    public record Setting(int failures, Duration pause) {
    }

    /** A call that may be made. Its end must be told, or that it was not made. */
    public final class Permit implements AutoCloseable {

        private final Breaker breaker;
        private final AtomicBoolean used = new AtomicBoolean();

        /** @param breaker null where none is asked */
        private Permit(Breaker breaker) {
            this.breaker = breaker;
        }

        /** @param failure what the call came to, or null where it answered or was not made */
        void tell(Verdict verdict, Failure failure) {
            if (!used.compareAndSet(false, true) || breaker == null) {
                return;
            }
            switch (verdict) {
                case FAILURE -> {
                    breaker.last = failure;
                    breaker.machine.onError(0, TimeUnit.NANOSECONDS, FAILED);
                }
                case SUCCESS -> breaker.machine.onSuccess(0, TimeUnit.NANOSECONDS);
                case NOTHING -> breaker.machine.releasePermission();
            }
        }

        /** Gives it back if no end was told. */
        @Override
        public void close() {
            tell(Verdict.NOTHING, null);
        }
    }

    /** A breaker with the moment at which its pause ends. */
    private static final class Breaker {

        private final CircuitBreaker machine;
        private volatile Instant until = Instant.MIN;
        private volatile Failure last;

        Breaker(CircuitBreaker machine) {
            this.machine = machine;
        }

        /** Else a first failure would be all of its calls, and not one of the last ten. */
        void fill() {
            for (int i = 0; i < WINDOW; i++) {
                machine.onSuccess(0, TimeUnit.NANOSECONDS);
            }
        }
    }

    /** @param models by their ids */
    public Breakers(Collection<String> models, Setting setting, Clock clock) {
        this.setting = setting;
        this.clock = clock;
        CircuitBreakerConfig config = CircuitBreakerConfig.custom().clock(clock)
                .slidingWindowType(SlidingWindowType.COUNT_BASED).slidingWindowSize(WINDOW).minimumNumberOfCalls(WINDOW)
                .failureRateThreshold((float) (Math.max(1, setting.failures()) * PERCENT / WINDOW))
                .waitDurationInOpenState(setting.pause().compareTo(TICK) > 0 ? setting.pause().minus(TICK) : TICK).permittedNumberOfCallsInHalfOpenState(1)
                .automaticTransitionFromOpenToHalfOpenEnabled(false).build();
        models.forEach(model -> breakers.put(model, breaker(model, config)));
    }

    private Breaker breaker(String model, CircuitBreakerConfig config) {
        Breaker breaker = new Breaker(new CircuitBreakerStateMachine(model, config));
        breaker.machine.getEventPublisher().onStateTransition(event -> {
            State to = event.getStateTransition().getToState();
            if (to == State.OPEN) {
                breaker.until = clock.instant().plus(setting.pause());
                LOG.warn("The model {} is left alone for {} s: of its last {} calls too many failed, the last one as {}", model,
                        setting.pause().toSeconds(), WINDOW, breaker.last.text());
            } else if (to == State.CLOSED) {
                LOG.info("The model {} answers again", model);
                breaker.fill();
            }
        });
        breaker.fill();
        return breaker;
    }

    /** Leave to call a model, or null while it is left alone. */
    Permit ask(String model) {
        Breaker breaker = breakers.get(model);
        if (breaker == null || setting.failures() == 0) {
            return new Permit(null);
        }
        return breaker.machine.tryAcquirePermission() ? new Permit(breaker) : null;
    }

    /** How long a model is left alone from now on; zero where it is not, or its probe runs or is due. */
    public Duration left(String model) {
        Breaker breaker = breakers.get(model);
        return breaker != null && breaker.machine.getState() == State.OPEN && clock.instant().isBefore(breaker.until)
                ? Duration.between(clock.instant(), breaker.until) : Duration.ZERO;
    }

    /** How the last call failed that counted against a model; nothing where none did. */
    public Optional<Failure> last(String model) {
        return Optional.ofNullable(breakers.get(model)).map(breaker -> breaker.last);
    }

    /** The models that nobody is let through to now. */
    public Set<String> open() {
        return breakers.keySet().stream().filter(model -> state(model).equals("open"))
                .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
    }

    /** {@code closed}, {@code open}, or {@code half-open} while its probe is due or runs. */
    public String state(String model) {
        Breaker breaker = breakers.get(model);
        return breaker == null || breaker.machine.getState() == State.CLOSED ? "closed"
                : left(model).isZero() ? "half-open" : "open";
    }

    /** The models that have one. */
    public Set<String> models() {
        return breakers.keySet();
    }

    /** How many of a model's last 10 calls failed. */
    public int failed(String model) {
        return breakers.get(model).machine.getMetrics().getNumberOfFailedCalls();
    }
}
