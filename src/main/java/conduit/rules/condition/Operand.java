package conduit.rules.condition;

import conduit.project.Conditions;
import conduit.rules.fact.Request;
import conduit.rules.text.Quoted;

import java.util.Set;

/** A fact that a condition reads: a field of the request, or one of the sender's notes. */
public sealed interface Operand extends Value {

    /** A field such as {@code tokenCount}. */
    record Field(String name) implements Operand {
    }

    /** A note such as {@code metadata["team"]}. */
    record Note(String key) implements Operand {
    }

    /** What a fact can be. */
    enum Kind { TEXT, NUMBER, LIST }

    Set<String> TEXTS = Set.of("prompt", "message", "system");

    /** Whether it is a number, a text or a list of texts. */
    default Kind kind() {
        return this instanceof Field field ? Conditions.NUMBERS.contains(field.name()) ? Kind.NUMBER
                : field.name().equals(Conditions.LIST) ? Kind.LIST : Kind.TEXT : Kind.TEXT;
    }

    /** Whether it is part of the text that is kept only where the project says so. */
    default boolean isText() {
        return this instanceof Field field && TEXTS.contains(field.name());
    }

    /** What the fact is in this request; null if the sender left it out. */
    default Object of(Request request) {
        return this instanceof Field field ? request.value(field.name()) : request.getMetadata().get(((Note) this).key());
    }

    @Override
    default String drl() {
        return this instanceof Note note ? "metadata[" + Quoted.quote(note.key()) + "]" : ((Field) this).name();
    }
}
