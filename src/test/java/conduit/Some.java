package conduit;

import conduit.model.Catalogue;
import conduit.model.CatalogueFile;
import conduit.problem.Problem;
import conduit.problem.ProblemException;
import conduit.project.Project;
import conduit.project.ProjectParser;
import conduit.request.Inlet;
import conduit.request.LlmRequest;
import conduit.request.RequestParser.Origin;
import conduit.request.RequestParser;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Requests, projects and problems for tests, made by the real parsers. */
public final class Some {

    public static final Catalogue CATALOGUE = CatalogueFile.builtIn();
    public static final Origin HTTP = new Origin(Inlet.HTTP, "r-1", null);
    public static final int MAX_PROMPT = 3 << 20;

    private Some() {
    }

    /** A request by its JSON; single quotes stand for double ones. */
    public static LlmRequest request(String json) {
        return new RequestParser(CATALOGUE, MAX_PROMPT).json(json.replace('\'', '"'), HTTP);
    }

    /** The project "p" by its JSON; single quotes stand for double ones. */
    public static Project project(String json) {
        return new ProjectParser(CATALOGUE).parse("p", json.replace('\'', '"'));
    }

    /** The problem that a call throws. */
    public static Problem problem(ThrowingCallable call) {
        ProblemException thrown = catchThrowableOfType(ProblemException.class, call);
        if (thrown == null) {
            throw new AssertionError("No problem was thrown");
        }
        return thrown.problem();
    }
}
