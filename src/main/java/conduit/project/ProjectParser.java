package conduit.project;

import conduit.json.Fields;
import conduit.json.Json;
import conduit.model.Catalogue;
import conduit.problem.Problem;
import conduit.project.Project.CostLimits;
import conduit.project.Project.Features;
import conduit.project.Project.OnLimit;
import conduit.request.Ids;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads and writes a project's JSON; what is left out gets its default. */
public record ProjectParser(Catalogue catalogue) {

    private static final int MICRO = 6;
    private static final List<String> MEMBERS = List.of("id", "enabled", "defaultModel", "routingRules", "costLimits",
            "features", "onLimit", "rollout", "storePrompts", "fallback", "minQuality");
    private static final BigDecimal LARGEST = new BigDecimal("999999.999999");

    /**
     * Reads the body of a PUT.
     *
     * @throws conduit.problem.ProblemException naming the field at fault and what is allowed
     */
    public Project parse(String id, String text) {
        Fields in = Fields.of(Json.object(text));
        Ids.check("id", id);
        in.checkNames(MEMBERS);
        if (in.has("id") && !id.equals(in.text("id"))) {
            throw in.wrong("id", "\"" + id + "\", as in the address, or left out");
        }
        boolean enabled = orElse(in.flag("enabled"), true);
        String defaultModel = in.text("defaultModel");
        if (defaultModel != null) {
            catalogue.require("defaultModel", defaultModel);
        } else if (enabled) {
            throw in.wrong("defaultModel", "one of " + String.join(", ", catalogue.ids())
                    + " while the project is enabled");
        }
        Fields features = in.object("features").orElseGet(() -> Fields.of(Json.newObject()));
        features.checkNames(List.of("autoRouting", "costTracking", "usageAnalytics"));
        BigDecimal quality = in.decimal("minQuality", "a number from 0 to 1", BigDecimal.ZERO, BigDecimal.ONE);
        return new Project(id, enabled, defaultModel, rules(in), limits(in),
                new Features(orElse(features.flag("autoRouting"), true), orElse(features.flag("costTracking"), true),
                        orElse(features.flag("usageAnalytics"), true)),
                onLimit(in), orElse(in.integer("rollout", 0, 100), 100), orElse(in.flag("storePrompts"), false),
                fallback(in), quality == null ? null : quality.doubleValue());
    }

    private List<String> fallback(Fields in) {
        List<String> models = in.texts("fallback");
        if (models == null) {
            return null;
        }
        models.forEach(model -> catalogue.require("fallback", model));
        Set<String> seen = new HashSet<>();
        for (String model : models) {
            if (!seen.add(model)) {
                throw Problem.field("fallback", "fallback names " + model + " twice; it must be a list with each model once.")
                        .asException();
            }
        }
        return models;
    }

    private static <T> T orElse(T value, T byDefault) {
        return value == null ? byDefault : value;
    }

    private static OnLimit onLimit(Fields in) {
        String text = in.text("onLimit");
        if (text == null) {
            return OnLimit.BLOCK;
        }
        for (OnLimit one : OnLimit.values()) {
            if (one.name().toLowerCase(Locale.ROOT).equals(text)) {
                return one;
            }
        }
        throw in.wrong("onLimit", "\"block\" or \"degrade\"");
    }

    private static CostLimits limits(Fields in) {
        Fields limits = in.object("costLimits").orElseGet(() -> Fields.of(Json.newObject()));
        limits.checkNames(List.of("daily", "monthly"));
        String allowed = "a number of dollars from 0 to " + LARGEST.toPlainString() + ", or null for no limit";
        BigDecimal daily = exact(limits, "daily", limits.decimal("daily", allowed, BigDecimal.ZERO, LARGEST));
        BigDecimal monthly = exact(limits, "monthly", limits.decimal("monthly", allowed, BigDecimal.ZERO, LARGEST));
        if (daily != null && monthly != null && daily.compareTo(monthly) > 0) {
            throw limits.wrong("daily", "at most the monthly limit (" + monthly.toPlainString() + ")");
        }
        return new CostLimits(daily, monthly);
    }

    /** A limit that would be rounded would be another one. */
    private static BigDecimal exact(Fields in, String field, BigDecimal limit) {
        if (limit != null && limit.stripTrailingZeros().scale() > MICRO) {
            throw in.wrong(field, "a number of dollars with at most " + MICRO + " decimals");
        }
        return limit;
    }

    private List<ProjectRule> rules(Fields in) {
        List<ProjectRule> rules = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Fields rule : in.objects("routingRules")) {
            ProjectRule one = rule(rule, rules.size() + 1);
            if (!ids.add(one.id())) {
                throw rule.wrong("id", "different from the other rules' ids");
            }
            rules.add(one);
        }
        return rules;
    }

    private ProjectRule rule(Fields rule, int position) {
        String name = rule.text("name");
        if (name == null || name.isBlank() || name.length() > 200) {
            throw rule.wrong("name", "a name of 1 to 200 characters");
        }
        String target = rule.text("targetModel");
        if (target == null) {
            throw rule.wrong("targetModel", "one of " + String.join(", ", catalogue.ids()));
        }
        catalogue.require(rule.name("targetModel"), target);
        Fields conditions = rule.object("conditions")
                .orElseThrow(() -> rule.wrong("conditions", "an object with at least one condition"));
        Conditions.check(conditions);
        String id = Ids.check(rule.name("id"), rule.text("id"));
        return new ProjectRule(id == null ? "rule-" + position : id, name, orElse(rule.flag("enabled"), true),
                orElse(rule.integer("priority", -1_000_000, 1_000_000), 0), conditions.node(), target);
    }
}
