package dev.orderflow.e2e.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * The virtual threads of another JVM that have waited and held their carrier meanwhile, as its
 * flight recorder sees them. While every carrier is held, nothing goes on in the process.
 */
public final class PinnedThreads {
  private static final String EVENT = "jdk.VirtualThreadPinned";
  private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");

  private final long pid;

  private PinnedThreads(long pid) {
    this.pid = pid;
  }

  /**
   * Looks from now on, also for those that wait for a moment only: the wait may be longer next
   * time.
   */
  public static PinnedThreads watch(long pid) throws IOException {
    var watched = new PinnedThreads(pid);
    watched.tell(
        "JFR.start",
        "name=pinned",
        "settings=none",
        "+" + EVENT + "#enabled=true",
        "+" + EVENT + "#threshold=0ms",
        "+" + EVENT + "#stackTrace=true");
    return watched;
  }

  /** Looks no more, and answers with what was seen since: threads with their stacks. */
  public List<String> seen() throws IOException {
    var file = Files.createTempFile("pinned", ".jfr");
    try {
      tell("JFR.stop", "name=pinned", "filename=" + file);
      return RecordingFile.readAllEvents(file).stream().map(PinnedThreads::described).toList();
    } finally {
      Files.delete(file);
    }
  }

  // The text of an event itself has five frames, which do not reach what the thread was about.
  private static String described(RecordedEvent event) {
    return event.getStackTrace().getFrames().stream()
        .map(frame -> frame.getMethod().getType().getName() + "." + frame.getMethod().getName())
        .collect(
            Collectors.joining(
                "\n  at ",
                "%s for %s: %s, %s\n  at "
                    .formatted(
                        event.getThread().getJavaName(),
                        event.getDuration(),
                        event.getString("blockingOperation"),
                        event.getString("pinnedReason")),
                "\n"));
  }

  private void tell(String... command) throws IOException {
    var line = new ArrayList<>(List.of(JCMD.toString(), Long.toString(pid)));
    line.addAll(List.of(command));
    var jcmd = new ProcessBuilder(line).redirectErrorStream(true).start();
    String said;
    try (InputStream output = jcmd.getInputStream()) {
      said = new String(output.readAllBytes(), StandardCharsets.UTF_8);
    }
    assertThat(jcmd.onExit().join().exitValue()).as(said).isZero();
    // Of a setting that it does not know it says no more.
    assertThat(said).doesNotContain("Warning");
  }
}
