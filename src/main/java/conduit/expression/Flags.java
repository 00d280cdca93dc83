package conduit.expression;

/** The flags of Java that hold at a place: i, s, m and d. */
record Flags(boolean fold, boolean dotAll, boolean lines, boolean unix) {

    static final Flags NONE = new Flags(false, false, false, false);

    Node dot() {
        return dotAll ? Node.ANY : unix ? Node.DOT_UNIX : Node.DOT;
    }

    Node start() {
        return new Node.Edge(lines ? "(?m:^)" : "\\A");
    }

    Node end() {
        return new Node.Edge(lines ? "(?m:$)" : "\\z");
    }

    Node letter(int character) {
        return new Node.Letter(character, fold && Fold.hasCase(character));
    }

    /** These flags with one more switched; null for a flag that has no place here. */
    Flags with(int flag, boolean on) {
        return switch (flag) {
            case 'i' -> new Flags(on, dotAll, lines, unix);
            case 's' -> new Flags(fold, on, lines, unix);
            case 'm' -> new Flags(fold, dotAll, on, unix);
            case 'd' -> new Flags(fold, dotAll, lines, on);
            // It holds always: (?i) means capitals of all scripts.
            case 'u' -> this;
            default -> null;
        };
    }
}
