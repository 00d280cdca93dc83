package conduit.expression;

import java.util.Map;

/** Reads what stands behind {@code (?}. */
final class Groups {

    private static final String TWO_CONDITIONS = "Write a second condition in the rule, such as not ( … matches … ).";
    private static final Map<String, String[]> UNSUPPORTED = Map.of(
            "?=", new String[]{"a look ahead (?=…), which is not supported",
                "Write a second condition in the rule with an expression of its own."},
            "?!", new String[]{"a look ahead (?!…), which is not supported", TWO_CONDITIONS},
            "?<=", new String[]{"a look behind (?<=…), which is not supported",
                "Write what stands before as a plain part of the expression."},
            "?<!", new String[]{"a look behind (?<!…), which is not supported", TWO_CONDITIONS},
            "?>", new String[]{"an atomic group (?>…), which is not supported",
                "Write (?:…): no expression takes long here, so none needs it."},
            "?#", new String[]{"a comment (?#…), which is not supported", "Remove it."},
            "?(", new String[]{"a condition (?(…)…), which is not supported", "Write the choices with |."});

    private Groups() {
    }

    /** Reads the name of a group; its name is of no use here. False where there is none. */
    static boolean named(Cursor cursor, int from) {
        for (var entry : UNSUPPORTED.entrySet()) {
            if (cursor.eat(entry.getKey())) {
                throw cursor.wrong(from, entry.getValue()[0], entry.getValue()[1]);
            }
        }
        if (!cursor.eat("?<") && !cursor.eat("?P<")) {
            return false;
        }
        String name = cursor.upTo(">");
        if (name == null || !name.matches("[a-zA-Z][a-zA-Z0-9]{0,99}")) {
            throw cursor.wrong(from, "a group whose name does not begin with a letter, or has other characters than "
                    + "letters and digits", "Write (?<name>…), or (…) without a name.");
        }
        return true;
    }

    /** Reads flags up to the ) or : behind them, which stays. */
    static Flags flags(Cursor cursor, int from, Flags before) {
        cursor.eat("?");
        Flags flags = before;
        boolean on = true;
        while (!cursor.sees(")") && !cursor.sees(":")) {
            int flag = cursor.more() ? cursor.next() : -1;
            if (flag == '-' && on) {
                on = false;
                continue;
            }
            flags = flags.with(flag, on);
            if (flags == null) {
                throw unknown(cursor, from, flag);
            }
        }
        return flags;
    }

    private static ExpressionException unknown(Cursor cursor, int from, int flag) {
        return switch (flag) {
            case 'x' -> cursor.wrong(from, "the flag x (spaces and comments don't count), which is not supported",
                    "Write the expression in one line, without spaces that it does not mean.");
            case 'U' -> cursor.wrong(from, "the flag U (\\w, \\d, \\s and \\b for all scripts), which is not supported",
                    "Write [\\p{L}\\p{N}_] for \\w and \\p{Nd} for \\d.");
            default -> cursor.wrong(from, "a group of a kind that is not known",
                    "Write (?:…) for a group, (?<name>…) for one with a name, (?i) to take capitals for small letters, "
                            + "(?s) to let . take line ends, or \\( for the character itself.");
        };
    }
}
