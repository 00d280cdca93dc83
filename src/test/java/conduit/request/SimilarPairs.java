package conduit.request;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/** Pairs of prompts, made by a seed: such as mean the same, and such as do not. */
public final class SimilarPairs {

    private static final List<String> FORMS = List.of("What is the %s of %s?", "How does %s affect %s?",
            "Explain the %s of %s in simple words", "Write a short text about %s and %s", "Compare %s with %s",
            "Which %s should I choose for %s?", "Summarise what is known about the %s of %s",
            "Give me five examples of %s in %s", "Why did the %s of %s change", "Translate into German: the %s of %s",
            "Can you write a Python function that computes the %s for a %s",
            "Our customer asks about the %s of his %s. Draft a friendly answer that says we look into it and come back soon.",
            "I have a table with a column for the %s and one for the %s. How do I write the SQL that joins them by month?");
    private static final String[] NOUNS = ("price capital history weather population temperature engine invoice delivery "
            + "contract insurance budget harvest coffee bicycle printer battery school hospital railway bridge garden kitchen "
            + "football opera museum novel poem painting camera telescope planet volcano ocean river forest mountain desert "
            + "island vaccine muscle sleep memory language grammar tax pension mortgage salary holiday passport visa airport "
            + "hotel restaurant recipe bread cheese tomato potato chicken salmon pepper vinegar France Spain Poland Norway "
            + "Egypt Brazil Japan India Canada Mexico London Berlin Rome Tokyo Cairo Boston algorithm database compiler "
            + "network firewall password certificate browser keyboard monitor sensor drone satellite turbine reactor magnet "
            + "crystal protein enzyme neuron gene virus bacterium fungus insect spider sparrow eagle dolphin whale tiger")
            .split(" ");
    private static final String[] LINKS = ("the a of and in to with for that this from by is are was has which after before "
            + "under over between during because although").split(" ");
    private static final String[] EXTRAS = {"briefly", "again", "in more detail", "step by step", "for beginners", "now",
            "correctly", "better", "shorter"};

    private SimilarPairs() {
    }

    /** Two prompts. */
    public record Pair(String one, String other) {
    }

    /** Those that mean the same, by what was changed. */
    public static Map<String, Function<Random, Pair>> same() {
        Map<String, Function<Random, Pair>> kinds = new LinkedHashMap<>();
        kinds.put("case and spaces", r -> {
            String asked = question(r);
            return new Pair(asked, asked.toUpperCase(Locale.ROOT).replace(" ", "  "));
        });
        kinds.put("\"please\" added", r -> {
            String asked = question(r);
            return new Pair(asked, r.nextBoolean() ? "Please: " + asked : asked + " please");
        });
        kinds.put("a typo in a short question", r -> typo(r, question(r)));
        kinds.put("a word more in a short question", r -> reworded(r, "", question(r), 1));
        kinds.put("a typo in 60 words", r -> typo(r, question(r) + " " + text(r, 60)));
        kinds.put("3 words of 60 changed", r -> reworded(r, "", question(r) + " " + text(r, 60), 3));
        kinds.put("3 words of 300 changed", r -> reworded(r, "", question(r) + " " + text(r, 300), 3));
        kinds.put("a typo in 2,000 words", r -> typo(r, text(r, 2_000) + question(r)));
        kinds.put("a word more in a question behind 2,000 words", r -> reworded(r, text(r, 2_000), question(r), 1));
        return kinds;
    }

    /** Those that do not, by what they have in common. */
    public static Map<String, Function<Random, Pair>> different() {
        Map<String, Function<Random, Pair>> kinds = new LinkedHashMap<>();
        kinds.put("nothing", r -> new Pair(question(r), question(r)));
        kinds.put("\"What is 2+2?\", \"What is 3+17?\"", r -> new Pair("What is " + r.nextInt(10) + "+" + r.nextInt(10) + "?",
                "What is " + r.nextInt(10) + "+" + (10 + r.nextInt(10)) + "?"));
        kinds.put("all of a short question but one noun", r -> {
            String form = form(r);
            String noun = noun(r);
            return new Pair(String.format(form, noun, noun(r)), String.format(form, noun, noun(r)));
        });
        kinds.put("all of a short question but two nouns", r -> {
            String form = form(r);
            return new Pair(String.format(form, noun(r), noun(r)), String.format(form, noun(r), noun(r)));
        });
        kinds.put("300 words before the question", r -> after(text(r, 300), question(r), question(r)));
        kinds.put("2,000 words before the question", r -> after(text(r, 2_000), question(r), question(r)));
        kinds.put("2,000 words behind the question", r -> {
            String document = text(r, 2_000);
            return new Pair(question(r) + "\n" + document, question(r) + "\n" + document);
        });
        kinds.put("the question about another 60 words", r -> after(question(r) + " ", text(r, 60), text(r, 60)));
        kinds.put("300 words of instructions for another 20 words", r -> after(text(r, 300), text(r, 20), text(r, 20)));
        kinds.put("a chat that goes on", r -> {
            String begun = text(r, 1_000) + "User: " + question(r);
            return new Pair(begun, begun + " Assistant: " + text(r, 80) + " User: " + question(r));
        });
        return kinds;
    }

    private static Pair after(String common, String one, String other) {
        return new Pair(common + one, common + other);
    }

    private static String form(Random random) {
        return FORMS.get(random.nextInt(FORMS.size()));
    }

    private static String noun(Random random) {
        return NOUNS[random.nextInt(NOUNS.length)];
    }

    private static String question(Random random) {
        return String.format(form(random), noun(random), noun(random));
    }

    private static String text(Random random, int words) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words; i++) {
            text.append(i % 2 == 0 ? LINKS[random.nextInt(LINKS.length)] : noun(random)).append(i % 12 == 11 ? ". " : " ");
        }
        return text.toString();
    }

    private static Pair typo(Random random, String right) {
        int at = random.nextInt(right.length());
        while (!Character.isLetter(right.charAt(at))) {
            at = random.nextInt(right.length());
        }
        String instead = switch (random.nextInt(3)) {
            case 0 -> "";
            case 1 -> String.valueOf((char) ('a' + random.nextInt(26)));
            default -> right.substring(at, at + 1).repeat(2);
        };
        return new Pair(right.substring(0, at) + instead + right.substring(at + 1), right);
    }

    private static Pair reworded(Random random, String common, String asked, int changes) {
        List<String> words = new ArrayList<>(Arrays.asList(asked.split(" ")));
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(words.size());
            int kind = random.nextInt(3);
            if (kind == 0) {
                words.add(at, LINKS[random.nextInt(LINKS.length)]);
            } else if (kind == 1 && words.size() > 3 && words.get(at).length() < 4) {
                words.remove(at);
            } else {
                words.add(EXTRAS[random.nextInt(EXTRAS.length)]);
            }
        }
        return new Pair(common + asked, common + String.join(" ", words));
    }
}
