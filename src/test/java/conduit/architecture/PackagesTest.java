package conduit.architecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** Who may use what. */
@AnalyzeClasses(packages = "conduit", importOptions = ImportOption.DoNotIncludeTests.class)
class PackagesTest {

    @ArchTest
    static final ArchRule CAMEL_STAYS_IN_THE_ADAPTERS = noClasses().that()
            .resideOutsideOfPackages("conduit.flow", "conduit").should().dependOnClassesThat()
            .resideInAPackage("org.apache.camel..");

    @ArchTest
    static final ArchRule DROOLS_STAYS_IN_THE_ENGINE = noClasses().that()
            .resideOutsideOfPackages("conduit.rules.engine", "conduit.rules.form.table").should()
            .dependOnClassesThat().resideInAnyPackage("org.kie..", "org.drools..");

    @ArchTest
    static final ArchRule SQL_STAYS_IN_THE_STORES = noClasses().that()
            .resideOutsideOfPackages("conduit.ledger", "conduit.learning", "conduit.retention", "conduit.backup.table", "conduit")
            .and().doNotHaveFullyQualifiedName("conduit.project.ProjectStore")
            .and().doNotHaveFullyQualifiedName("conduit.feedback.FeedbackStore")
            .and().doNotHaveFullyQualifiedName("conduit.feedback.RepeatStore")
            .and().haveNameNotMatching("conduit\\.export\\.Usage(Export|Line)(\\$.*)?")
            .should().dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "org.springframework.jdbc..", "com.zaxxer..", "org.h2..");

    @ArchTest
    static final ArchRule PURE_PACKAGES_DO_NO_INPUT_AND_NO_OUTPUT = noClasses().that()
            .resideInAnyPackage("conduit.bandit", "conduit.budget", "conduit.routing", "conduit.backtest", "conduit.evaluation",
                    "conduit.problem")
            .should().dependOnClassesThat().resideInAnyPackage("java.io", "java.nio.file..", "java.net..");

    @ArchTest
    static final ArchRule NOBODY_KNOWS_THE_WIRING = noClasses().that().resideOutsideOfPackage("conduit").should()
            .dependOnClassesThat().resideInAPackage("conduit");

    @ArchTest
    static final ArchRule NO_CYCLES = slices().matching("conduit.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NO_CYCLES_AMONG_RULES = slices().matching("conduit.rules.(**)").should().beFreeOfCycles();

    /** A layer uses those that stand above it here, and no other. */
    @ArchTest
    static final ArchRule ARROWS_RUN_ONE_WAY = Architectures.layeredArchitecture().consideringOnlyDependenciesInLayers()
            .layer("problem").definedBy("conduit.problem")
            .layer("json").definedBy("conduit.json")
            .layer("expression").definedBy("conduit.expression")
            .layer("model").definedBy("conduit.model")
            .layer("request").definedBy("conduit.request")
            .layer("project").definedBy("conduit.project")
            .layer("rules").definedBy("conduit.rules..")
            .layer("bandit").definedBy("conduit.bandit")
            .layer("routing").definedBy("conduit.routing")
            .layer("claude").definedBy("conduit.claude")
            .layer("ledger").definedBy("conduit.ledger")
            .layer("learning").definedBy("conduit.learning")
            .layer("replay").definedBy("conduit.replay")
            .layer("evaluation").definedBy("conduit.evaluation")
            .layer("budget").definedBy("conduit.budget")
            .layer("attempt").definedBy("conduit.attempt")
            .layer("backtest").definedBy("conduit.backtest")
            .layer("feedback").definedBy("conduit.feedback")
            .layer("export").definedBy("conduit.export")
            .layer("backup").definedBy("conduit.backup..")
            .layer("retention").definedBy("conduit.retention")
            .layer("files").definedBy("conduit.files")
            .layer("settings").definedBy("conduit.settings")
            .layer("broker").definedBy("conduit.broker")
            .layer("api").definedBy("conduit.api")
            .layer("flow").definedBy("conduit.flow")
            .layer("cli").definedBy("conduit.cli")
            .layer("wiring").definedBy("conduit")
            .whereLayer("problem").mayNotAccessAnyLayer()
            .whereLayer("bandit").mayNotAccessAnyLayer()
            .whereLayer("expression").mayNotAccessAnyLayer()
            .whereLayer("broker").mayNotAccessAnyLayer()
            .whereLayer("json").mayOnlyAccessLayers("problem")
            .whereLayer("model").mayOnlyAccessLayers("problem", "json")
            .whereLayer("request").mayOnlyAccessLayers("problem", "json", "model")
            .whereLayer("project").mayOnlyAccessLayers("problem", "json", "expression", "model",
                    "request")
            .whereLayer("rules").mayOnlyAccessLayers("problem", "json", "expression", "model", "request", "project")
            .whereLayer("routing").mayOnlyAccessLayers("problem", "model", "request", "project", "rules", "bandit")
            .whereLayer("claude").mayOnlyAccessLayers("problem", "json", "model")
            .whereLayer("ledger").mayOnlyAccessLayers("problem", "json", "model", "request", "project", "bandit",
                    "routing", "claude")
            .whereLayer("budget").mayOnlyAccessLayers("problem", "model", "request", "project", "routing", "ledger")
            .whereLayer("attempt").mayOnlyAccessLayers("problem", "model", "request", "project", "routing", "claude",
                    "ledger", "budget")
            .whereLayer("attempt").mayOnlyBeAccessedByLayers("flow", "wiring")
            .whereLayer("backtest").mayOnlyAccessLayers("problem", "model", "request", "project", "rules", "bandit",
                    "routing", "ledger")
            .whereLayer("backtest").mayOnlyBeAccessedByLayers("api", "wiring")
            .whereLayer("learning").mayOnlyAccessLayers("problem", "model", "bandit")
            .whereLayer("replay").mayOnlyAccessLayers("bandit")
            .whereLayer("replay").mayOnlyBeAccessedByLayers("cli")
            .whereLayer("evaluation").mayOnlyAccessLayers("bandit")
            .whereLayer("evaluation").mayOnlyBeAccessedByLayers("api", "wiring")
            .whereLayer("feedback").mayOnlyAccessLayers("problem", "json", "model", "request", "bandit", "routing", "claude", "learning",
                    "ledger")
            .whereLayer("export").mayOnlyAccessLayers("json", "ledger")
            .whereLayer("backup").mayOnlyAccessLayers("problem", "json", "ledger")
            .whereLayer("backup").mayOnlyBeAccessedByLayers("api", "wiring")
            .whereLayer("retention").mayOnlyAccessLayers("claude", "export", "ledger", "settings")
            .whereLayer("retention").mayOnlyBeAccessedByLayers("wiring")
            .whereLayer("files").mayOnlyAccessLayers("problem", "json", "request")
            .whereLayer("settings").mayOnlyAccessLayers("model", "bandit")
            .whereLayer("api").mayOnlyBeAccessedByLayers("flow", "wiring")
            .whereLayer("cli").mayOnlyBeAccessedByLayers("wiring")
            .whereLayer("cli").mayOnlyAccessLayers("problem", "json", "model", "request", "rules", "bandit", "replay",
                    "settings")
            .whereLayer("wiring").mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule EVERY_PACKAGE_IS_IN_THE_LAYERS = classes().that().resideInAPackage("conduit..").should()
            .resideInAnyPackage("conduit", "conduit.problem", "conduit.json", "conduit.expression", "conduit.model",
                    "conduit.request",
                    "conduit.project", "conduit.rules..", "conduit.bandit", "conduit.routing", "conduit.claude",
                    "conduit.ledger", "conduit.learning", "conduit.replay", "conduit.evaluation", "conduit.budget", "conduit.attempt", "conduit.backtest", "conduit.feedback", "conduit.export", "conduit.backup..", "conduit.retention", "conduit.files",
                    "conduit.settings", "conduit.broker", "conduit.api", "conduit.flow", "conduit.cli");

    @ArchTest
    static final ArchRule CHANCE_AND_TIME_ARE_ARGUMENTS = noClasses().that(resideInAPackage("conduit.."))
            .and().resideOutsideOfPackage("conduit").should().callMethod(java.time.Instant.class, "now")
            .orShould().callMethod(java.time.LocalDate.class, "now").orShould().callMethod(System.class,
                    "currentTimeMillis").orShould().callMethod(Math.class, "random")
            .orShould().callConstructor(java.util.Random.class);
}
