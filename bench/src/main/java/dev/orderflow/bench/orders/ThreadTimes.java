package dev.orderflow.bench.orders;

import dev.orderflow.bench.measurement.PlatformProcess;
import dev.orderflow.bench.measurement.ProcessorTime;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The processor time of a JVM's own threads beside that of all its threads, by the kernel.
 *
 * @param nanos by what the threads do
 */
record ThreadTimes(Map<String, Long> nanos) {
  /** None. */
  static final ThreadTimes NONE = new ThreadTimes(Map.of());

  private static final String COMPILE = "compiler";
  private static final String COLLECT = "garbage collector and VM";
  private static final String RUN = "other threads";

  /** Of the threads that there are now. */
  static ThreadTimes of(PlatformProcess jvm) throws IOException {
    return new ThreadTimes(
        jvm.threads()
            .collect(
                Collectors.groupingBy(
                    thread -> work(thread.name()), Collectors.summingLong(ProcessorTime::own))));
  }

  private static String work(String thread) {
    if (thread.contains("CompilerThre")) {
      return COMPILE;
    }
    return thread.startsWith("GC ") || thread.startsWith("G1 ") || thread.startsWith("VM ")
        ? COLLECT
        : RUN;
  }

  /** What was used since; a compiler's thread may have ended and taken its time with it. */
  ThreadTimes since(ThreadTimes earlier) {
    var used = new TreeMap<String, Long>();
    nanos.forEach(
        (work, now) -> used.put(work, Math.max(0, now - earlier.nanos.getOrDefault(work, 0L))));
    return new ThreadTimes(used);
  }

  @Override
  public String toString() {
    var all = Math.max(1, nanos.values().stream().mapToLong(Long::longValue).sum());
    return String.format(
        Locale.ROOT,
        "%s %.0f %%, %s %.0f %%",
        COMPILE,
        100.0 * nanos.getOrDefault(COMPILE, 0L) / all,
        COLLECT,
        100.0 * nanos.getOrDefault(COLLECT, 0L) / all);
  }
}
