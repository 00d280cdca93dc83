package conduit.ledger;

import java.nio.file.Path;

/** A member of a crowd as a process of its own, as another Conduit on the same database is. */
public final class CrowdMember {

    /** What it prints once it could begin; it begins when its standard input ends. */
    static final String READY = "The crowd's other member is ready";

    private CrowdMember() {
    }

    /** Takes the database's URL, the crowd's name, its seed, how many steps, and the file for what it did. */
    public static void main(String[] args) throws Exception {
        try (var source = Database.open(args[0], "postgres", "postgres", "claude-sonnet-5-5")) {
            Crowd crowd = new Crowd(new Stores(source), args[1], "b");
            System.out.println(READY);
            System.in.readAllBytes();
            CrowdEvent.write(crowd.run(Long.parseLong(args[2]), Integer.parseInt(args[3])), Path.of(args[4]));
        }
    }
}
