package conduit.files;

import conduit.json.Json;
import conduit.problem.Kind;
import conduit.problem.Problem;
import conduit.request.Ids;
import conduit.request.Inlet;
import conduit.request.LlmRequest;
import conduit.request.RequestParser;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A file in the inbox.
 *
 * @param path     the file
 * @param folder   its subfolder below the inbox, empty for the inbox itself
 * @param size     in bytes, when it was taken up
 * @param changed  when its content or its place was last changed, as far as the file system tells, when it was taken up
 */
public record InboxFile(Path path, String folder, long size, FileTime changed) {

    public static InboxFile of(Path inbox, Path path) throws IOException {
        Path folder = inbox.relativize(path).getParent();
        return new InboxFile(path, folder == null ? "" : folder.toString(), Files.size(path), changed(path));
    }

    /** A copy keeps the time of its content; its place is new. */
    private static FileTime changed(Path path) throws IOException {
        return path.getFileSystem().supportedFileAttributeViews().contains("unix")
                ? (FileTime) Files.getAttribute(path, "unix:ctime")
                : Files.readAttributes(path, BasicFileAttributes.class).lastModifiedTime();
    }

    /** The file's name without its suffix. */
    public String name() {
        String file = path.getFileName().toString();
        int dot = file.lastIndexOf('.');
        return dot <= 0 ? file : file.substring(0, dot);
    }

    /** The suffix with its dot, empty if there is none. */
    public String suffix() {
        return path.getFileName().toString().substring(name().length());
    }

    /** Whether the file is still the one that was taken up. */
    boolean isUnchanged() {
        try {
            return Files.size(path) == size && changed(path).equals(changed);
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Reads the request. Its id, if it names none, is made of the file's place, time and content, so that a file that
     * is found again after a crash is the same request.
     *
     * @param maxBytes the largest file that is read
     * @throws conduit.problem.ProblemException naming what is wrong and what is allowed
     */
    public LlmRequest read(RequestParser parser, long maxBytes) throws IOException {
        String suffix = suffix().toLowerCase(Locale.ROOT);
        if (!suffix.equals(".json") && !suffix.equals(".txt") && !suffix.equals(".md")) {
            throw Problem.of(Kind.UNSUPPORTED_MEDIA_TYPE, "The file's name " + (suffix.isEmpty() ? "has no suffix"
                    : "ends in \"" + suffix + "\"") + "; it must end in .json (a request), .txt or .md (a prompt).")
                    .with("field", "file").asException();
        }
        if (size > maxBytes) {
            throw Problem.of(Kind.TOO_LARGE, "The file has " + size + " bytes; at most " + maxBytes + " are allowed.")
                    .with("field", "file").asException();
        }
        if (folder.contains("/") || !folder.isEmpty() && !Ids.isId(folder)) {
            throw Problem.field("project", "The subfolder names no project: it must lie directly in the inbox, and "
                    + "its name be letters, digits, '.', '_' or '-'.").asException();
        }
        byte[] bytes = Files.readAllBytes(path);
        String text = Json.utf8(bytes);
        RequestParser.Origin origin = new RequestParser.Origin(Inlet.FILE, id(bytes), folder.isEmpty() ? null : folder);
        String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
        if (content.isBlank()) {
            throw Problem.field("file", "The file is empty; it must hold a prompt or a request in JSON.").asException();
        }
        return suffix.equals(".json") ? parser.json(content, origin) : parser.plain(content, origin);
    }

    private String id(byte[] bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((folder + "\0" + path.getFileName() + "\0" + changed + "\0").getBytes(StandardCharsets.UTF_8));
            return "file-" + HexFormat.of().formatHex(digest.digest(bytes), 0, 10);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
