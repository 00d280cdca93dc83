package conduit.rules.condition;

/** Whether a condition holds; unknown where it depends on a text that was not kept. */
public enum Truth {
    FALSE, UNKNOWN, TRUE;

    static Truth of(boolean holds) {
        return holds ? TRUE : FALSE;
    }

    Truth not() {
        return this == UNKNOWN ? UNKNOWN : of(this == FALSE);
    }
}
