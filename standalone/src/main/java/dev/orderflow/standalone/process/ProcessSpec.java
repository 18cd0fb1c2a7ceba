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
 * @param readiness tells whether the process does its work yet
 * @param liveness tells whether the process, which was ready, still works
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
    Readiness readiness,
    Liveness liveness) {

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

  /** Tells whether a process does its work. */
  @FunctionalInterface
  public interface Readiness {
    /** True when the process with this id is ready; an {@link IOException} means that it is not. */
    boolean isReady(long pid) throws IOException, InterruptedException;
  }

  /** Tells whether a process that was ready still works. */
  @FunctionalInterface
  public interface Liveness {
    /**
     * True when the process answers. That it does not in a time that is long for it is an {@link
     * IOException}, or false: a process that hangs does not make the caller wait for ever.
     */
    boolean isAlive() throws IOException, InterruptedException;
  }

  /** Copies what could change. */
  public ProcessSpec {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }
}
