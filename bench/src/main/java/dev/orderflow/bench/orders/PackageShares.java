package dev.orderflow.bench.orders;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * In which packages a JVM spent processor time: of all samples, the share whose innermost method
 * outside of the JDK is theirs. What the JDK does for a library so counts as the library's.
 *
 * @param samples how many there were
 * @param shares those that a package has, the JDK's own among them
 */
record PackageShares(int samples, Map<String, Integer> shares) {
  private static final String SAMPLE = "jdk.CPUTimeSample";
  private static final String JDK = "JDK alone";
  private static final Pattern OF_THE_JDK = Pattern.compile("^(java|javax|jdk|sun|com\\.sun)\\..*");
  private static final Pattern GROUP = Pattern.compile("^(org\\.apache\\.\\w+|\\w+\\.\\w+).*");
  private static final double LEAST = 0.01;

  /** Of a recording. */
  static PackageShares of(Path recording) throws IOException {
    var shares = new HashMap<String, Integer>();
    for (var event : RecordingFile.readAllEvents(recording)) {
      var stack = event.getStackTrace();
      if (event.getEventType().getName().equals(SAMPLE)
          && stack != null
          && !stack.getFrames().isEmpty()) {
        shares.merge(group(stack.getFrames()), 1, Integer::sum);
      }
    }
    return new PackageShares(shares.values().stream().mapToInt(Integer::intValue).sum(), shares);
  }

  private static String group(List<RecordedFrame> frames) {
    return frames.stream()
        .map(frame -> frame.getMethod().getType().getName())
        .filter(type -> !OF_THE_JDK.matcher(type).matches())
        .findFirst()
        .map(type -> {
          var group = GROUP.matcher(type);
          return group.matches() ? group.group(1) : type;
        })
        .orElse(JDK);
  }

  @Override
  public String toString() {
    return shares.entrySet().stream()
            .filter(share -> share.getValue() >= samples * LEAST)
            .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
            .map(share ->
                String.format(
                    Locale.ROOT, "%s %.0f %%", share.getKey(), 100.0 * share.getValue() / samples))
            .collect(Collectors.joining(", "))
        + String.format(Locale.ROOT, "; %,d samples", samples);
  }
}
