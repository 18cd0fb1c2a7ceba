package dev.orderflow.bench.orders;

import dev.orderflow.bench.measurement.MeasuredPlatform;
import dev.orderflow.bench.measurement.PlatformProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Records where each JVM of the platform spends its processor time. */
final class Profile {
  private static final Path DIRECTORY = Path.of("target/profile").toAbsolutePath();
  private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");
  private static final List<String> NATIVE = List.of("postgres", "redis");
  private static final String RECORDING = "name=bench";

  private final Map<String, PlatformProcess> jvms;

  private Profile(Map<String, PlatformProcess> jvms) {
    this.jvms = jvms;
  }

  /** Begins. */
  static Profile start(MeasuredPlatform platform) throws IOException, InterruptedException {
    Files.createDirectories(DIRECTORY);
    var jvms = platform.processes();
    jvms.keySet().removeAll(NATIVE);
    for (var jvm : jvms.entrySet()) {
      jcmd(
          jvm.getValue(),
          "JFR.start",
          RECORDING,
          "settings=profile",
          "jdk.CPUTimeSample#enabled=true",
          "filename=" + file(jvm.getKey()));
    }
    return new Profile(jvms);
  }

  /** Ends, and says for each JVM which packages it was in. */
  Map<String, String> stop() throws IOException, InterruptedException {
    var shares = new LinkedHashMap<String, String>();
    for (var jvm : jvms.entrySet()) {
      jcmd(jvm.getValue(), "JFR.stop", RECORDING);
      shares.put(jvm.getKey(), PackageShares.of(file(jvm.getKey())).toString());
    }
    return shares;
  }

  private static Path file(String jvm) {
    return DIRECTORY.resolve(jvm + ".jfr");
  }

  private static void jcmd(PlatformProcess jvm, String... words)
      throws IOException, InterruptedException {
    var line = new ArrayList<>(List.of(JCMD.toString(), Long.toString(jvm.pid())));
    line.addAll(List.of(words));
    var log = DIRECTORY.resolve("jcmd.log").toFile();
    var ended =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
            .start()
            .waitFor();
    if (ended != 0) {
      throw new IOException(line + " failed, see " + log);
    }
  }
}
