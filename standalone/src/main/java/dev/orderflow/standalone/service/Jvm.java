package dev.orderflow.standalone.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** How the services' JVMs are run: small, since all of them share one machine. */
final class Jvm {
  private static final String OPTIONS_VARIABLE = "ORDERFLOW_JVM_OPTS";
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final Map<String, String> HEAP =
      Map.of(
          Services.COMMAND_SIDE, "-Xmx320m",
          Services.QUERY_SIDE, "-Xmx256m",
          Services.SAGA, "-Xmx256m",
          Services.GATEWAY, "-Xmx320m");

  private Jvm() {}

  /** The options of a service's JVM; those of the operator come last and so win. */
  static List<String> options(String service) {
    var options = new ArrayList<String>();
    // Starts small and grows: the default on a large machine would take the whole heap before the
    // first collection.
    options.add("-Xms64m");
    options.add(Objects.requireNonNull(HEAP.get(service)));
    options.add("-XX:+UseSerialGC");
    // Half the processor time until ready, and less memory. To measure throughput, set
    // ORDERFLOW_JVM_OPTS=-XX:TieredStopAtLevel=4.
    options.add("-XX:TieredStopAtLevel=1");
    options.add("-Xss512k");
    options.add("--enable-native-access=ALL-UNNAMED");
    options.add("-XX:+ExitOnOutOfMemoryError");
    var own = System.getenv(OPTIONS_VARIABLE);
    if (own != null) {
      BLANKS.splitAsStream(own.strip()).filter(option -> !option.isEmpty()).forEach(options::add);
    }
    return options;
  }
}
