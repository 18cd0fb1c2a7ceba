package dev.orderflow.bench.measurement;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A process, with those that it has started, as the kernel's {@code /proc} shows it.
 *
 * @param pid its number
 */
public record PlatformProcess(long pid) {
  private static final int KIB_PER_MIB = 1024;

  /** Of the generations of the serial collector, as JDK 25 names them. */
  private static final Pattern USED =
      Pattern.compile("(?:DefNew|Tenured) +total \\d+K, used (\\d+)K");

  /** The bench's own. */
  public static PlatformProcess own() {
    return new PlatformProcess(ProcessHandle.current().pid());
  }

  /** The processor time of this process alone, in nanoseconds. */
  public long ownNanos() {
    return ProcessorTime.of(directory(pid)).own();
  }

  /**
   * The processor time of this process and of all that it has started, in nanoseconds. Those that
   * have ended are in it: the kernel adds their time to that of the process that waited for their
   * end.
   */
  public long nanos() {
    return tree()
        .map(PlatformProcess::directory)
        .map(ProcessorTime::of)
        .mapToLong(time -> time.own() + time.ofEnded())
        .sum();
  }

  private Stream<Long> tree() {
    return ProcessHandle.of(pid).stream()
        .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
        .map(ProcessHandle::pid);
  }

  private static Path directory(long pid) {
    return Path.of("/proc", Long.toString(pid));
  }

  /** What it has in memory, in MiB. */
  public long memoryMiB() {
    return field(pid, "status", "VmRSS");
  }

  /** The most that it has had in memory, in MiB. */
  public long peakMemoryMiB() {
    return field(pid, "status", "VmHWM");
  }

  /** What it and all that it has started have in memory, in MiB; what they share counts once. */
  public long sharedMemoryMiB() {
    return tree().mapToLong(each -> field(each, "smaps_rollup", "Pss")).sum();
  }

  /**
   * What is alive on the heap of this JVM, in bytes: what is left after a full collection.
   *
   * @throws IOException when it does not answer
   */
  public long liveBytes() throws IOException {
    jcmd("GC.run");
    return USED.matcher(jcmd("GC.heap_info"))
        .results()
        .mapToLong(used -> Long.parseLong(used.group(1)) * KIB_PER_MIB)
        .sum();
  }

  private String jcmd(String command) throws IOException {
    var program = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    var process =
        new ProcessBuilder(program, Long.toString(pid), command).redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static long field(long pid, String file, String name) {
    try (var lines = Files.lines(directory(pid).resolve(file))) {
      return lines
          .filter(line -> line.startsWith(name + ":"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / KIB_PER_MIB)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
