package dev.orderflow.standalone.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * What there is to know about a child process before it runs.
 *
 * @param name unique within a platform, as in {@code command-side-1}; also the name of the log
 * @param title for people
 * @param address where it listens, for people
 * @param command program and arguments; carries no secret, since every user of the machine can read
 *     it
 * @param environment added to the launcher's own
 * @param log gets standard output and standard error
 * @param stopSignal asks it to end
 * @param stopWithin after this time it is killed
 * @param mayStart asked before every start; while it says no, the start waits
 * @param beforeStart runs before every start
 * @param readiness whether the process does its work yet
 * @param liveness whether the process, which was ready, still answers; waits only as long as is
 *     long for an answer, since a process may hang
 */
public record ProcessSpec(
    String name,
    String title,
    String address,
    List<String> command,
    Map<String, String> environment,
    Path workingDirectory,
    LogFile log,
    Signal stopSignal,
    Duration stopWithin,
    BooleanSupplier mayStart,
    Preparation beforeStart,
    Poll.Question readiness,
    Poll.Question liveness) {

  /** For a process that nothing keeps from being started. */
  public static final BooleanSupplier ALWAYS = () -> true;

  /** Work that has to be done before a process can start. */
  @FunctionalInterface
  public interface Preparation {
    /** Nothing to do. */
    Preparation NONE = () -> {};

    /** Does the work; a failure keeps the process from being started. */
    void prepare() throws IOException;
  }

  /** Copies what could change. */
  public ProcessSpec {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }
}
