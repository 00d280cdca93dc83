package conduit.bench.rules;

import java.util.SplittableRandom;

/** Texts that look like words. */
final class Words {

    /** Stands in every prompt; where most rules match, they look for parts of it. */
    static final String COMMON = "please look at order-4711x and answer as soon as you can thank you";
    /** The part of it before the number. */
    static final String BEFORE_NUMBER = COMMON.substring(0, COMMON.indexOf('-'));

    private static final String[] SYLLABLES = {"ba", "con", "dor", "el", "fi", "gra", "hu", "in", "jo", "ka", "lem",
            "mi", "nor", "o", "per", "qua", "ri", "sa", "ten", "u", "ver", "wi", "xe", "zu"};
    private static final int RARE = 5;

    private Words() {
    }

    /** A word of a prompt: of one to three syllables. */
    static String usual(SplittableRandom random) {
        return word(random, 1 + random.nextInt(3));
    }

    /** A word too long to be a part of a usual one, beginning as those do. */
    static String rare(SplittableRandom random) {
        return word(random, RARE) + random.nextInt(10, 100);
    }

    private static String word(SplittableRandom random, int syllables) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < syllables; i++) {
            word.append(SYLLABLES[random.nextInt(SYLLABLES.length)]);
        }
        return word.toString();
    }

    /** A prompt of 200 to 2,000 characters with {@link #COMMON} somewhere in it. */
    static String prompt(SplittableRandom random) {
        int length = random.nextInt(200, 2_001);
        int at = random.nextInt(length - COMMON.length());
        StringBuilder prompt = new StringBuilder();
        boolean placed = false;
        while (prompt.length() < length) {
            if (!placed && prompt.length() >= at) {
                prompt.append(COMMON).append(' ');
                placed = true;
            }
            prompt.append(usual(random)).append(' ');
        }
        return prompt.substring(0, length);
    }
}
