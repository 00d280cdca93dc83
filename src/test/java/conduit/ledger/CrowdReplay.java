package conduit.ledger;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/** Goes through what a crowd did once more, one after the other, by the specification: each verdict must be the same. */
final class CrowdReplay {

    /** How often what happened; what never happened was not tested. */
    record Seen(int accepted, int blocked, int degraded, int ended, int changed) {
    }

    private final Map<String, Purse> purses = new HashMap<>();
    private final Map<String, BigDecimal> held = new HashMap<>();
    private final Map<String, BigDecimal> limits = new HashMap<>();
    private final Map<String, Integer> versions = new HashMap<>();
    private int accepted;
    private int blocked;
    private int degraded;
    private int ended;
    private int changed;

    /** @throws AssertionError where a verdict, a sum or the database differs from the specification */
    static Seen check(List<CrowdEvent> events, Stores on) {
        CrowdReplay replay = new CrowdReplay();
        events.stream().sorted(Comparator.comparing(CrowdEvent::order)).forEach(replay::next);
        replay.compare(on);
        return new Seen(replay.accepted, replay.blocked, replay.degraded, replay.ended, replay.changed);
    }

    private void next(CrowdEvent event) {
        if (event.isEnd()) {
            ended++;
            BigDecimal worst = held.remove(event.run());
            assertThat(worst).as("%s ended once", event.run()).isNotNull();
            update(event, purse -> purse.end(worst, event.cost()));
        } else {
            asked(event);
        }
        assertThat(purse(event, event.day()).reserved()).isNotNegative();
    }

    private void asked(CrowdEvent event) {
        limits(event);
        int expected = -1;
        for (int i = 0; i < event.worsts().size() && expected < 0; i++) {
            BigDecimal worst = event.worsts().get(i);
            expected = purse(event, event.day()).fits(worst, event.daily())
                    && purse(event, event.periods().get(0)).fits(worst, event.monthly()) ? i : -1;
        }
        assertThat(event.taken()).as("the verdict on %s", event).isEqualTo(expected);
        if (expected < 0) {
            blocked++;
            return;
        }
        BigDecimal worst = event.worsts().get(expected);
        accepted++;
        degraded += expected > 0 ? 1 : 0;
        assertThat(held.put(event.run(), worst)).as("%s was accepted once", event.run()).isNull();
        update(event, purse -> purse.reserve(worst));
        assertWithin(event, event.day(), event.daily());
        assertWithin(event, event.periods().get(0), event.monthly());
    }

    /** A request that comes later, or began after a change was made, never goes by older limits. */
    private void limits(CrowdEvent event) {
        int version = Crowd.version(event.daily());
        int before = versions.merge(event.project(), version, Math::max);
        assertThat(version).as("the limits of %s", event).isGreaterThanOrEqualTo(Math.max(before, event.least()));
        BigDecimal last = limits.put(event.project(), event.daily());
        changed += last != null && last.compareTo(event.daily()) != 0 ? 1 : 0;
    }

    private void assertWithin(CrowdEvent event, String period, BigDecimal limit) {
        Purse purse = purse(event, period);
        assertThat(purse.spent().add(purse.reserved())).as("%s after %s", period, event).isLessThanOrEqualTo(limit);
    }

    private Purse purse(CrowdEvent event, String period) {
        return purses.getOrDefault(event.project() + " " + period, Purse.EMPTY);
    }

    private void update(CrowdEvent event, java.util.function.UnaryOperator<Purse> change) {
        for (String period : event.periods()) {
            purses.put(event.project() + " " + period, change.apply(purse(event, period)));
        }
    }

    private void compare(Stores on) {
        Map<String, Purse> stored = new TreeMap<>();
        for (String project : versions.keySet()) {
            on.jdbc.sql("select period, spent, reserved from spending where project_id = ?").param(project)
                    .query(row -> {
                        stored.put(project + " " + row.getString(1), new Purse(row.getBigDecimal(2),
                                row.getBigDecimal(3)));
                    });
            assertThat(on.sum("select coalesce(sum(spent), 0) from spending where project_id = ? "
                    + "and length(period) = 10", project)).isEqualByComparingTo(on.sum("select coalesce(sum(cost), 0) "
                    + "from usage_tracking where project_id = ?", project));
        }
        assertThat(stored.keySet()).containsAll(purses.keySet());
        stored.forEach((key, purse) -> {
            Purse expected = purses.getOrDefault(key, Purse.EMPTY);
            assertThat(purse.spent()).as(key).isEqualByComparingTo(expected.spent());
            assertThat(purse.reserved()).as(key).isEqualByComparingTo(expected.reserved());
        });
    }
}
