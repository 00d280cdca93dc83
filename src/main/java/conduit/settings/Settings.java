package conduit.settings;

import conduit.bandit.Terms;
import conduit.bandit.Tuning;
import conduit.model.Catalogue;
import conduit.model.CatalogueFile;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Period;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Every setting, checked.
 *
 * @param placeholders all keys as text, for {@code {{…}}} in routes
 */
public record Settings(Path home, boolean demo, ZoneId zone, Http http, Broker broker, Db db, Claude claude, Tries tries,
                       Bandit bandit, Feedback feedback, Backup backup, Retention retention, Catalogue catalogue,
                       Map<String, String> placeholders) {

    private static final double SMALLEST_DISCOUNT = 0.9;
    private static final double SMALLEST_PRIOR = 0.1;
    private static final double LARGEST_PRIOR = 1_000;
    private static final double LARGEST_REPEAT_WEIGHT = 0.5;
    private static final String VERSION = "\\d{1,6}(\\.\\d{1,6}){0,2}";
    private static final String NEVER = "0 0 0 1 1 ? 2099";

    /** @param line how many callers may wait for a place */
    public record Http(String host, int port, int managementPort, int maxBody, int line) {
    }

    /**
     * @param url  of an outside broker, or null for the embedded one
     * @param port the embedded broker's loopback port; 0 for none
     */
    public record Broker(String url, int port) {
    }

    /** The database's JDBC address and account. */
    public record Db(String url, String user, String password) {

        /** Whether it is PostgreSQL, which several may share, and not H2. */
        public boolean isPostgres() {
            return url.startsWith("jdbc:postgresql:");
        }
    }

    /**
     * @param environment what the CLI gets of Conduit's environment
     * @param maxPrompt   the longest prompt, bytes
     * @param versions    the CLI's known versions, {@code FROM-TO}
     */
    public record Claude(String command, boolean bare, int concurrency, Duration timeout, int outputLimit,
                         int maxPrompt, int maxOutputTokens, Map<String, String> environment, String versions,
                         Warm warm) {
    }

    /**
     * Processes of the CLI that are started before their call is known.
     *
     * @param mode   auto, on or off
     * @param maxAge after which one that waits is replaced
     */
    public record Warm(String mode, Duration maxAge) {
    }

    /**
     * How calls that fail are made again.
     *
     * @param retries         of one model, at most
     * @param delay           the longest wait before the first of them; it doubles with each, to 8 s
     * @param breakerFailures so many of a model's last 10 calls failed, and it is left alone; 0: never
     * @param breakerPause    for how long
     */
    public record Tries(int retries, Duration delay, int breakerFailures, Duration breakerPause) {

        private static final int MOST_RETRIES = 10;
        private static final int MOST_FAILURES = 10;

        static Tries read(Keys keys) {
            return new Tries(keys.integer("conduit.claude.retries", 0, MOST_RETRIES),
                    keys.duration("conduit.claude.retry-delay", "1ms", "8s"),
                    keys.integer("conduit.claude.breaker.failures", 0, MOST_FAILURES),
                    keys.duration("conduit.claude.breaker.pause", "1s", "1h"));
        }
    }

    /**
     * @param terms  by which the bandit chooses where no project guarantees a quality
     * @param tuning how evidence becomes belief
     * @param seed   the seed of the seeds, or null for a new one at every start
     */
    public record Bandit(Terms terms, Tuning tuning, Long seed) {

        /**
         * Reads those keys alone.
         *
         * @throws SettingException for the first one that is not right
         */
        public static Bandit read(Keys keys) {
            double discount = keys.decimal("conduit.bandit.discount", SMALLEST_DISCOUNT, 1);
            double rest = keys.decimal("conduit.bandit.rest-beyond", 0, 100);
            // Where nothing is forgotten, a model that rests would rest for ever.
            return new Bandit(new Terms(keys.decimal("conduit.bandit.lambda", 0, 10), 0, 1,
                    keys.decimal("conduit.bandit.uniform", 0, 1), discount == 1 ? 0 : rest, null),
                    Tuning.DEFAULT.discounting(discount),
                    keys.optionalLong("conduit.bandit.seed"));
        }
    }

    /** @param repeatWeight how much it counts that a user asks nearly the same again, 0 to 0.5; 0: nobody looks */
    public record Feedback(double repeatWeight) {
    }

    /** @param keep how many scheduled backups stay; 0 for all */
    public record Backup(int keep) {
    }

    /** How long things are kept; null is for ever. */
    public record Retention(Period usage, Period prompts, Period answers, Period spool) {
    }

    /**
     * Reads them.
     *
     * @throws SettingException for the first one that is not right
     */
    public static Settings read(Keys keys, Map<String, String> environment) {
        Path home = keys.path("conduit.home");
        if (!Files.isDirectory(home.resolve("routes"))) {
            throw keys.wrong("conduit.home", "the folder that holds routes/ and rules/");
        }
        boolean demo = keys.choice("conduit.profile", "", "demo").equals("demo");
        keys.cron("conduit.export.daily.cron", "");
        keys.cron("conduit.export.hourly.cron", "");
        keys.cron("conduit.retention.cron", "");
        Map<String, String> placeholders = new LinkedHashMap<>(keys.all());
        placeholders.put("conduit.home", home.toString());
        if (keys.text("conduit.backup.cron").equalsIgnoreCase("off")) {
            placeholders.put("conduit.backup.cron", NEVER);
        } else {
            keys.cron("conduit.backup.cron", ", or off for none");
        }
        placeholders.put("conduit.zone", keys.zone("conduit.zone").getId());
        return new Settings(home, demo, keys.zone("conduit.zone"), http(keys), broker(keys), db(keys, home),
                claude(keys, environment, home, demo), Tries.read(keys),
                Bandit.read(keys), new Feedback(keys.decimal("conduit.feedback.repeat-weight", 0, LARGEST_REPEAT_WEIGHT)),
                new Backup(keys.integer("conduit.backup.keep", 0, 10_000)),
                new Retention(keys.period("conduit.retention.usage"), keys.period("conduit.retention.prompts"),
                        keys.period("conduit.retention.answers"), keys.period("conduit.retention.spool")), catalogue(keys), Map.copyOf(placeholders));
    }

    private static Http http(Keys keys) {
        String host = keys.text("conduit.http.host");
        try {
            if (host.isEmpty() || !InetAddress.getByName(host).isLoopbackAddress()) {
                throw keys.wrong("conduit.http.host", "a loopback address such as 127.0.0.1, as callers have no keys "
                        + "yet: anyone who reaches another address could spend");
            }
        } catch (UnknownHostException e) {
            throw keys.wrong("conduit.http.host", "an address of this machine");
        }
        return new Http(host, keys.integer("conduit.http.port", 1, 65535),
                keys.integer("conduit.management.port", 1, 65535), keys.size("conduit.http.max-body"),
                keys.integer("conduit.http.line", 0, 10_000));
    }

    private static Broker broker(Keys keys) {
        return new Broker(keys.optional("conduit.broker.url"), keys.integer("conduit.broker.port", 0, 65535));
    }

    private static Db db(Keys keys, Path home) {
        String url = keys.optional("conduit.db.url");
        if (url == null) {
            url = "jdbc:h2:file:" + home.resolve("h2-data").resolve("conduit");
        }
        if (!url.startsWith("jdbc:h2:") && !url.startsWith("jdbc:postgresql:")) {
            throw keys.wrong("conduit.db.url", "jdbc:h2:… or jdbc:postgresql:…, or empty for H2 in h2-data");
        }
        if (url.startsWith("jdbc:h2:") && !url.contains(";")) {
            // Without WRITE_DELAY=0 a kill loses committed rows.
            url += ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0;"
                    + "LOCK_TIMEOUT=10000;DB_CLOSE_ON_EXIT=FALSE;QUERY_CACHE_SIZE=128;"
                    + "TRACE_LEVEL_FILE=0";
        }
        return new Db(url, keys.text("conduit.db.user"), keys.text("conduit.db.password"));
    }

    private static Claude claude(Keys keys, Map<String, String> environment, Path home, boolean demo) {
        String command = keys.text("conduit.claude.command");
        if (demo && command.equals("claude")) {
            command = home.resolve("src/simulator/claude").toString();
            if (!Files.isExecutable(Path.of(command))) {
                throw keys.wrong("conduit.profile", "empty here, as the demo's answers come from "
                        + "src/simulator/claude and conduit.home has no such program: copy src/simulator there, or set "
                        + "conduit.claude.command to it");
            }
        }
        boolean bare = keys.choice("conduit.claude.auth", "api-key", "login").equals("api-key");
        Map<String, String> passed = new LinkedHashMap<>();
        if (!bare && environment.get("HOME") != null) {
            // A log-in is kept in its user's home.
            passed.put("HOME", environment.get("HOME"));
        }
        for (String name : keys.text("conduit.claude.environment").split(",")) {
            if (environment.get(name.strip()) != null) {
                passed.put(name.strip(), environment.get(name.strip()));
            }
        }
        String prefix = "conduit.claude.env.";
        keys.all().forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                passed.put(key.substring(prefix.length()), value);
            }
        });
        return new Claude(command, bare,
                keys.integer("conduit.claude.concurrency", 1, 1000), keys.duration("conduit.claude.timeout"),
                keys.size("conduit.claude.output-limit"), keys.size("conduit.claude.max-prompt"),
                keys.integer("conduit.claude.max-output-tokens", 1, 128_000), passed, versions(keys),
                new Warm(keys.choice("conduit.claude.warm", "auto", "on", "off"), keys.duration("conduit.claude.warm.max-age", "1s", "7d")));
    }

    private static String versions(Keys keys) {
        String range = keys.text("conduit.claude.versions");
        if (!range.matches(VERSION + "-" + VERSION) || isBackwards(range.split("-"))) {
            throw keys.wrong("conduit.claude.versions", "the first and the last known version, the older one first, such as "
                    + "2.1.197-2.1");
        }
        return range;
    }

    /** Compares as many numbers as both have: 2.1 is every 2.1.x. */
    private static boolean isBackwards(String[] bounds) {
        int[] from = Stream.of(bounds[0].split("\\.")).mapToInt(Integer::parseInt).toArray();
        int[] to = Stream.of(bounds[1].split("\\.")).mapToInt(Integer::parseInt).toArray();
        int both = Math.min(from.length, to.length);
        return Arrays.compare(from, 0, both, to, 0, both) > 0;
    }

    private static Catalogue catalogue(Keys keys) {
        String file = keys.optional("conduit.models");
        try {
            Catalogue catalogue = file == null ? CatalogueFile.builtIn() : CatalogueFile.read(Path.of(file));
            return keys.optional("conduit.bandit.prior-strength") == null ? catalogue
                    : catalogue.believedAs(keys.decimal("conduit.bandit.prior-strength", SMALLEST_PRIOR, LARGEST_PRIOR));
        } catch (IllegalArgumentException e) {
            throw keys.wrong("conduit.models", "a catalogue: " + e.getMessage());
        }
    }
}
