package conduit.files;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The oldest files that wait in one folder. The folder itself holds them; only so many names are kept that a folder of
 * tens of thousands need not be listed for each file of it.
 */
final class Backlog {

    private static final int MOST = 1_000;
    private static final int REST = 20;
    private static final Comparator<Waiting> OLDEST_FIRST = Comparator.comparingLong(Waiting::modified)
            .thenComparing(Waiting::path);

    private final String project;
    private final File folder;
    private final boolean deep;
    private final Pace pace = new Pace(REST);
    private List<Waiting> waiting = new ArrayList<>();
    private int cursor;
    private long turn;

    private record Waiting(Path path, long modified) {
    }

    /** @param deep whether files of subfolders belong to it */
    Backlog(String project, File folder, boolean deep) {
        this.project = project;
        this.folder = folder;
        this.deep = deep;
    }

    String project() {
        return project;
    }

    boolean isDue() {
        return pace.isDue();
    }

    /**
     * Lists the folder anew.
     *
     * @param paths   the path of a file, or null for a name that can't be written here
     * @param inHand  whether a file is being worked on
     * @return the folders in it, where they are not part of it
     */
    List<File> look(Function<File, Path> paths, Predicate<Path> inHand) {
        pace.begin();
        PriorityQueue<Waiting> oldest = new PriorityQueue<>(OLDEST_FIRST.reversed());
        List<File> folders = new ArrayList<>();
        look(folder, folders, file -> {
            Path path = paths.apply(file);
            if (path == null || inHand.test(path)) {
                return;
            }
            oldest.add(new Waiting(path, file.lastModified()));
            if (oldest.size() > MOST) {
                oldest.remove();
            }
        });
        waiting = new ArrayList<>(oldest);
        waiting.sort(OLDEST_FIRST);
        pace.end();
        return folders;
    }

    private void look(File in, List<File> folders, Consumer<File> found) {
        String[] names = in.list();
        for (String name : names == null ? new String[0] : names) {
            File file = new File(in, name);
            if (name.startsWith(".")) {
                continue;
            }
            if (!file.isDirectory()) {
                if (!WholeFiles.isDraft(name)) {
                    found.accept(file);
                }
            } else if (deep) {
                // Links that lead back would be walked again and again, each time along all of them.
                if (!Files.isSymbolicLink(file.toPath())) {
                    look(file, folders, found);
                }
            } else {
                folders.add(file);
            }
        }
    }

    void rewind() {
        cursor = 0;
    }

    /** The oldest file that is whole and was not given out, or null. */
    Path next(WholeFiles whole) {
        while (cursor < waiting.size()) {
            Path path = waiting.get(cursor).path();
            if (whole.isWhole(path)) {
                waiting.remove(cursor);
                return path;
            }
            cursor++;
        }
        return null;
    }

    /** When it had its last turn, as a number that grows. */
    long turn() {
        return turn;
    }

    void servedAt(long turn) {
        this.turn = turn;
    }
}
