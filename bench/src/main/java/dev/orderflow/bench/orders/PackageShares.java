package dev.orderflow.bench.orders;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * In which packages a JVM was when it was looked at: of all looks, the share whose innermost method
 * outside of the JDK is theirs. What the JDK does for a library so counts as the library's.
 *
 * @param samples how many looks there were
 * @param shares those that a package has, the JDK's own among them
 * @param top looks whose innermost method is the JDK's, whatever called it
 */
record PackageShares(int samples, Map<String, Integer> shares, int top) {
  /** By processor time where the JVM can do that; else by the clock, Java code alone. */
  private static final List<String> KINDS = List.of("jdk.CPUTimeSample", "jdk.ExecutionSample");

  private static final String JDK = "JDK alone";
  private static final Pattern OF_THE_JDK = Pattern.compile("^(java|javax|jdk|sun|com\\.sun)\\..*");
  private static final Pattern GROUP = Pattern.compile("^(org\\.apache\\.\\w+|\\w+\\.\\w+).*");
  private static final double LEAST = 0.01;

  /** Of a recording; by the first kind of looks that it has. */
  static PackageShares of(Path recording) throws IOException {
    var events = RecordingFile.readAllEvents(recording);
    return KINDS.stream()
        .map(kind -> events.stream().filter(event -> event.getEventType().getName().equals(kind)))
        .map(looks -> of(looks.toList()))
        .filter(shares -> shares.samples > 0)
        .findFirst()
        .orElse(new PackageShares(0, Map.of(), 0));
  }

  private static PackageShares of(List<RecordedEvent> looks) {
    var shares = new HashMap<String, Integer>();
    var samples = 0;
    var top = 0;
    for (var look : looks) {
      var stack = look.getStackTrace();
      if (stack != null && !stack.getFrames().isEmpty()) {
        samples++;
        var types = stack.getFrames().stream().map(PackageShares::type).toList();
        shares.merge(group(types), 1, Integer::sum);
        top += isOfTheJdk(types.getFirst()) ? 1 : 0;
      }
    }
    return new PackageShares(samples, shares, top);
  }

  private static String type(RecordedFrame frame) {
    return frame.getMethod().getType().getName();
  }

  private static boolean isOfTheJdk(String type) {
    return OF_THE_JDK.matcher(type).matches();
  }

  private static String group(List<String> types) {
    return types.stream()
        .filter(Predicate.not(PackageShares::isOfTheJdk))
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
            .map(share -> share.getKey() + " " + percent(share.getValue()))
            .collect(Collectors.joining(", "))
        + "; innermost in the JDK "
        + percent(top)
        + String.format(Locale.ROOT, "; %,d samples", samples);
  }

  private String percent(int count) {
    return String.format(Locale.ROOT, "%.0f %%", 100.0 * count / Math.max(1, samples));
  }
}
