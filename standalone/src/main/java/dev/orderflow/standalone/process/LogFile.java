package dev.orderflow.standalone.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The file that a child process writes its output to. */
public record LogFile(Path path) {
  private static final long ROTATE_AT_BYTES = 10L * 1024 * 1024;
  private static final int TAIL_BYTES = 16 * 1024;

  /** Makes the directory, and room, for a process that does not run yet. */
  void prepare() throws IOException {
    var directory = path.toAbsolutePath().getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    rotate();
  }

  /**
   * Makes room: what has grown large becomes {@code <name>.1}, in place of an older one. The
   * process that writes keeps its file, which is emptied below it; it appends, so it goes on at the
   * beginning. What it writes between the copy and that is lost. A file that cannot make room stays
   * as it is, perhaps until the next time.
   */
  void rotate() {
    // No file has no length.
    if (path.toFile().length() > ROTATE_AT_BYTES) {
      try {
        // The older one stays until the copy is whole.
        var copy = path.resolveSibling(path.getFileName() + ".copy");
        Files.copy(path, copy, StandardCopyOption.REPLACE_EXISTING);
        Files.move(
            copy,
            path.resolveSibling(path.getFileName() + ".1"),
            StandardCopyOption.REPLACE_EXISTING);
        Files.write(path, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
      } catch (IOException _) {
        // A large log is no reason not to run.
      }
    }
  }

  /** The last lines, oldest first; empty when there is no file. */
  public List<String> tail(int lines) {
    try (var file = new RandomAccessFile(path.toFile(), "r")) {
      var start = Math.max(0, file.length() - TAIL_BYTES);
      file.seek(start);
      var bytes = new byte[(int) (file.length() - start)];
      file.readFully(bytes);
      var all = new String(bytes, StandardCharsets.UTF_8).lines().toList();
      return all.subList(Math.max(0, all.size() - lines), all.size());
    } catch (IOException unreadable) {
      return List.of();
    }
  }
}
