package conduit.files;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Chooses which files of the inbox are taken up: of each project the oldest, up to a number that is in hand at a time. The
 * rest waits in its folder. A project is a folder of the inbox; files in the inbox itself are of {@code default}.
 *
 * <p>{@link #choose} belongs to one thread; {@link #take} and {@link #release} to any.
 */
public final class Inbox {

    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);
    private static final String DEFAULT = "default";
    private static final int REST = 4;

    private final Path folder;
    private final WholeFiles whole;
    private final Bounds bounds;
    private final Map<String, Backlog> backlogs = new HashMap<>();
    private final Map<Path, String> inHand = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final Set<String> told = new HashSet<>();
    private final Pace pace = new Pace(REST);
    private long served;

    /**
     * How many files are in hand.
     *
     * @param each of a project; more are taken once half of them are done
     * @param all  of all projects; one more of each project that has none, up to twice as many
     */
    public record Bounds(int each, int all) {

        private static final int ALL = 200;

        /** Two for each place: one that runs and one that waits for it. */
        public static Bounds of(int concurrency) {
            return new Bounds(2 * concurrency, Math.max(ALL, 2 * concurrency));
        }

        /** The most files that are ever in hand. */
        public int most() {
            return 2 * all;
        }
    }

    public Inbox(Path folder, WholeFiles whole, Bounds bounds) {
        this.folder = folder.toAbsolutePath().normalize();
        this.whole = whole;
        this.bounds = bounds;
    }

    /** The project whose file this is, by its folder. */
    private String project(Path file) {
        Path below = folder.relativize(file);
        return below.getNameCount() == 1 ? DEFAULT : below.getName(0).toString();
    }

    /** The files that are to be taken up now, each whole and in nobody's hand; the oldest of each project. */
    public Set<Path> choose() {
        look();
        Map<String, Integer> room = room();
        int taken = inHand().size();
        List<Backlog> turns = new ArrayList<>(backlogs.values().stream().filter(b -> room.containsKey(b.project()))
                .sorted(Comparator.comparingLong(Backlog::turn)).toList());
        turns.forEach(Backlog::rewind);
        Set<Path> chosen = new LinkedHashSet<>();
        while (!turns.isEmpty()) {
            turns.removeIf(backlog -> {
                int mine = room.get(backlog.project());
                int limit = mine == bounds.each() ? bounds.most() : bounds.all();
                Path next = mine > 0 && taken + chosen.size() < limit ? backlog.next(whole) : null;
                if (next != null) {
                    chosen.add(next);
                    room.put(backlog.project(), mine - 1);
                    backlog.servedAt(++served);
                }
                return next == null;
            });
        }
        return chosen;
    }

    /** How many more files each project may have taken, of those that have at most half of their number in hand. */
    private synchronized Map<String, Integer> room() {
        Map<String, Integer> room = new HashMap<>();
        for (Backlog backlog : backlogs.values()) {
            String project = backlog.project();
            int mine = counts.getOrDefault(project, 0);
            if (mine <= bounds.each() / 2) {
                room.put(project, bounds.each() - mine);
            }
        }
        return room;
    }

    private synchronized Set<Path> inHand() {
        return Set.copyOf(inHand.keySet());
    }

    private void look() {
        if (!pace.isDue()) {
            return;
        }
        pace.begin();
        Set<Path> taken = inHand();
        Backlog top = backlogs.computeIfAbsent("", name -> new Backlog(DEFAULT, folder.toFile(), false));
        if (top.isDue()) {
            List<File> projects = top.look(this::path, taken::contains);
            backlogs.keySet().retainAll(Stream.concat(Stream.of(""), projects.stream().map(File::getName))
                    .collect(Collectors.toSet()));
            projects.forEach(project -> backlogs.computeIfAbsent(project.getName(), name -> new Backlog(name, project, true)));
        }
        Map<String, Integer> room = room();
        backlogs.values().stream().filter(b -> b != top && b.isDue() && room.containsKey(b.project()))
                .forEach(b -> b.look(this::path, taken::contains));
        pace.end();
    }

    /** The file's path, or null for a name that can't be written here. */
    private Path path(File file) {
        try {
            return file.toPath();
        } catch (InvalidPathException e) {
            if (told.add(file.getName())) {
                LOG.warn("A file in the inbox has a name that this system's locale can't write ({}); it is left where it "
                        + "is. Start Conduit with LC_ALL=C.UTF-8, or rename the file.", file.getName());
            }
            return null;
        }
    }

    /** Notes that a file is in hand. */
    public synchronized void take(Path file) {
        String project = project(file);
        if (inHand.put(file, project) == null) {
            counts.merge(project, 1, Integer::sum);
        }
    }

    /** Ends what {@link #take} began: what became of the file is on disk, or it waits again. */
    public synchronized void release(Path file) {
        String project = inHand.remove(file);
        if (project != null) {
            counts.computeIfPresent(project, (p, mine) -> mine == 1 ? null : mine - 1);
        }
    }
}
