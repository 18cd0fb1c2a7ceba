package dev.orderflow.e2e.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  /** Looks from now on for those that hold their carrier for 20 ms or more. */
  public static PinnedThreads watch(long pid) throws IOException {
    var watched = new PinnedThreads(pid);
    watched.tell(
        "JFR.start",
        "name=pinned",
        "settings=none",
        "+" + EVENT + "#enabled=true",
        "+" + EVENT + "#threshold=20ms",
        "+" + EVENT + "#stackTrace=true");
    return watched;
  }

  /** Looks no more, and answers with what was seen since. */
  public List<RecordedEvent> seen() throws IOException {
    var file = Files.createTempFile("pinned", ".jfr");
    try {
      tell("JFR.stop", "name=pinned", "filename=" + file);
      return RecordingFile.readAllEvents(file);
    } finally {
      Files.delete(file);
    }
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
