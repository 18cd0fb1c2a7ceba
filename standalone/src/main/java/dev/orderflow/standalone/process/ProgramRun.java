package dev.orderflow.standalone.process;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.OptionalInt;

/** A program that ends by itself, and is not waited for without an end. */
public final class ProgramRun {
  private ProgramRun() {}

  /**
   * Runs it. When it takes too long, or the thread is interrupted, it is killed together with what
   * it has started.
   *
   * @return its exit code; empty when it took longer than the limit
   * @throws InterruptedIOException when the thread is interrupted, which it stays
   * @throws IOException when the program cannot be started
   */
  public static OptionalInt exitCode(ProcessBuilder program, Duration limit) throws IOException {
    var process = program.start();
    try {
      return process.waitFor(limit) ? OptionalInt.of(process.exitValue()) : OptionalInt.empty();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } finally {
      // A JVM that learns starts another one when it ends, which writes the file.
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
