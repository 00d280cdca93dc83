package conduit.rules.reasoning;

import conduit.rules.condition.Condition;
import conduit.rules.condition.Test;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a condition out as boxes: a request meets the condition only if it is in one of them. */
final class Boxes {

    private static final int MOST = 256;
    private static final int MOST_PAIRS = 4_096;

    private Boxes() {
    }

    /**
     * The boxes of a condition that holds, or fails. Where there would be too many, fewer and wider ones.
     *
     * @param holds whether those requests are asked for which it holds
     */
    static List<Box> of(Condition condition, boolean holds) {
        if (condition instanceof Test test) {
            return Spans.of(test, holds);
        }
        if (condition instanceof Condition.Not not) {
            return of(not.part(), !holds);
        }
        List<List<Box>> parts = condition.parts().stream().map(part -> of(part, holds)).toList();
        return condition instanceof Condition.Any == holds ? either(parts) : all(parts);
    }

    private static List<Box> either(List<List<Box>> parts) {
        List<Box> boxes = new ArrayList<>();
        Map<String, List<Span>> byFact = new LinkedHashMap<>();
        for (List<Box> part : parts) {
            for (Box box : part) {
                if (box == Box.ANY) {
                    return List.of(Box.ANY);
                }
                if (box.onlyFact() == null) {
                    boxes.add(box);
                } else {
                    add(byFact.computeIfAbsent(box.onlyFact(), fact -> new ArrayList<>()), box.spans().get(0));
                }
            }
        }
        byFact.forEach((fact, spans) -> spans.forEach(span -> boxes.add(Box.of(fact, span))));
        return boxes.size() > MOST ? List.of(Box.ANY) : boxes;
    }

    /** Adds a span to those of one fact, together with one of them if that is exact. */
    private static void add(List<Span> spans, Span span) {
        for (int i = 0; i < spans.size(); i++) {
            if (spans.get(i).or(span).isPresent()) {
                spans.set(i, spans.get(i).or(span).get());
                return;
            }
        }
        spans.add(span);
    }

    private static List<Box> all(List<List<Box>> parts) {
        List<Box> boxes = List.of(Box.ANY);
        for (List<Box> part : parts.stream().sorted(Comparator.comparingInt(List::size)).toList()) {
            if ((long) boxes.size() * part.size() > MOST_PAIRS) {
                continue;
            }
            List<Box> both = new ArrayList<>();
            for (Box one : boxes) {
                part.forEach(other -> one.and(other).ifPresent(both::add));
            }
            boxes = both.size() > MOST ? boxes : both;
        }
        return boxes;
    }
}
