package conduit.rules.engine;

import conduit.rules.text.RuleProblem;
import org.drools.drl.ast.descr.PackageDescr;

import java.util.List;

/** A file holds rules, and nothing outside of them. */
final class PackageGuard {

    private PackageGuard() {
    }

    static List<RuleProblem> check(String file, PackageDescr parsed) {
        boolean more = !parsed.getImports().isEmpty() || !parsed.getFunctionImports().isEmpty()
                || !parsed.getAccumulateImports().isEmpty() || !parsed.getGlobals().isEmpty()
                || !parsed.getFunctions().isEmpty() || !parsed.getTypeDeclarations().isEmpty()
                || !parsed.getEnumDeclarations().isEmpty() || !parsed.getEntryPointDeclarations().isEmpty()
                || !parsed.getWindowDeclarations().isEmpty() || !parsed.getAttributes().isEmpty()
                || parsed.getUnit() != null;
        return more ? List.of(new RuleProblem(file, 0, null, "Outside of rules the file holds an import, a global, a "
                + "function, a declaration, a unit or an attribute.",
                "Remove it: a file holds rules only, and Request and Route are known.")) : List.of();
    }
}
