package conduit.settings;

import org.quartz.CronExpression;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Period;
import java.time.ZoneId;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads settings by key; a bad value is told with its key, the value and what is allowed. */
public final class Keys {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)?");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,10})(B|KB|MB|GB)?", Pattern.CASE_INSENSITIVE);

    private static final Pattern PERIOD = Pattern.compile("([1-9]\\d{0,3}) (day|month)s?", Pattern.CASE_INSENSITIVE);

    private static final Duration LONGEST = Duration.ofDays(7);

    private final Map<String, String> values = new TreeMap<>();

    /** The built-in defaults, overridden by the environment and then by system properties. */
    public static Keys load(Map<String, String> environment, Properties system) {
        Properties defaults = new Properties();
        try (InputStream in = Keys.class.getResourceAsStream("/application.properties")) {
            defaults.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Keys keys = new Keys();
        for (String key : defaults.stringPropertyNames()) {
            String variable = key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
            String value = system.getProperty(key, environment.getOrDefault(variable, defaults.getProperty(key)));
            keys.values.put(key, value.strip());
        }
        for (String key : system.stringPropertyNames()) {
            if (key.startsWith("conduit.claude.env.")) {
                keys.values.put(key, system.getProperty(key));
            }
        }
        return keys;
    }

    /** A line for each of the system's properties that begins with {@code conduit.} and that nobody reads. */
    public List<String> warnings(Properties system) {
        return system.stringPropertyNames().stream().filter(k -> k.startsWith("conduit.") && !values.containsKey(k))
                .sorted().map(key -> key + " is no setting of Conduit and changes nothing").toList();
    }

    /** The whole map, for placeholders in routes. */
    public Map<String, String> all() {
        return Map.copyOf(values);
    }

    public String text(String key) {
        return values.get(key);
    }

    /** The text, or null if it is empty. */
    public String optional(String key) {
        String value = values.get(key);
        return value == null || value.isEmpty() ? null : value;
    }

    public Path path(String key) {
        return Path.of(values.get(key)).toAbsolutePath().normalize();
    }

    public int integer(String key, int min, int max) {
        try {
            int value = Integer.parseInt(values.get(key));
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw wrong(key, "a whole number from " + min + " to " + max);
    }

    public double decimal(String key, double min, double max) {
        try {
            double value = new BigDecimal(values.get(key)).doubleValue();
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw wrong(key, "a number from " + min + " to " + max);
    }

    /** The number, or null if it is empty. */
    public Long optionalLong(String key) {
        try {
            return optional(key) == null ? null : Long.valueOf(values.get(key));
        } catch (NumberFormatException e) {
            throw wrong(key, "a whole number, or empty");
        }
    }

    public Duration duration(String key) {
        Matcher match = DURATION.matcher(values.get(key));
        if (!match.matches() || Long.parseLong(match.group(1)) == 0) {
            throw wrong(key, "a duration above 0 such as 500ms, 90s, 2m or 1h");
        }
        long number = Long.parseLong(match.group(1));
        Duration duration = switch (match.group(2) == null ? "s" : match.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            default -> Duration.ofSeconds(number);
        };
        if (duration.compareTo(LONGEST) > 0) {
            throw wrong(key, "a duration of at most " + LONGEST.toDays() + "d");
        }
        return duration;
    }

    /** A duration within the bounds, both included. */
    public Duration duration(String key, String min, String max) {
        Duration duration = duration(key);
        if (duration.compareTo(with(key, min).duration(key)) < 0 || duration.compareTo(with(key, max).duration(key)) > 0) {
            throw wrong(key, "a duration from " + min + " to " + max);
        }
        return duration;
    }

    /** A period of the calendar, or null if it is empty. */
    public Period period(String key) {
        Matcher match = PERIOD.matcher(values.get(key));
        if (optional(key) == null) {
            return null;
        }
        if (!match.matches()) {
            throw wrong(key, "a number of days or months such as \"90 days\" or \"24 months\", or empty to keep all");
        }
        int number = Integer.parseInt(match.group(1));
        return match.group(2).equalsIgnoreCase("day") ? Period.ofDays(number) : Period.ofMonths(number);
    }

    /** A size in bytes. */
    public int size(String key) {
        Matcher match = SIZE.matcher(values.get(key));
        long unit = match.matches() && match.group(2) != null ? switch (match.group(2).toUpperCase(Locale.ROOT)) {
            case "KB" -> 1L << 10;
            case "MB" -> 1L << 20;
            case "GB" -> 1L << 30;
            default -> 1L;
        } : 1L;
        if (!match.matches() || Long.parseLong(match.group(1)) * unit > Integer.MAX_VALUE
                || Long.parseLong(match.group(1)) == 0) {
            throw wrong(key, "a size above 0 and below 2GB, such as 500KB or 16MB");
        }
        return (int) (Long.parseLong(match.group(1)) * unit);
    }

    public String choice(String key, String... allowed) {
        if (!List.of(allowed).contains(values.get(key))) {
            throw wrong(key, "one of " + String.join(", ", allowed).replaceFirst("^,", "(empty),"));
        }
        return values.get(key);
    }

    public ZoneId zone(String key) {
        try {
            return optional(key) == null ? ZoneId.systemDefault() : ZoneId.of(values.get(key));
        } catch (DateTimeException e) {
            throw wrong(key, "a time zone such as Europe/Berlin or UTC, or empty for the system's");
        }
    }

    /**
     * Checks a Quartz expression, and that its moment ever comes.
     *
     * @param or what else is allowed, such as {@code , or off}; may be empty
     */
    public void cron(String key, String or) {
        try {
            CronExpression cron = new CronExpression(values.get(key));
            cron.setTimeZone(TimeZone.getTimeZone(zone("conduit.zone")));
            if (cron.getNextValidTimeAfter(Date.from(Clock.systemUTC().instant())) == null) {
                throw wrong(key, "a moment that comes again, and this one never does: second minute hour day-of-month month "
                        + "day-of-week, such as \"0 5 0 * * ?\"" + or);
            }
        } catch (ParseException e) {
            throw wrong(key, "a Quartz expression: second minute hour day-of-month month day-of-week, such as "
                    + "\"0 5 0 * * ?\"" + or);
        }
    }

    /** The same keys with another value of one. */
    public Keys with(String key, String value) {
        Keys other = new Keys();
        other.values.putAll(values);
        other.values.put(key, value);
        return other;
    }

    public SettingException wrong(String key, String allowed) {
        return new SettingException(key + " is \"" + values.get(key) + "\"; it must be " + allowed + ". Set it with -D"
                + key + "=… or " + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_') + "=….");
    }
}
