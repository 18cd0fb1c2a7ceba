package dev.orderflow.e2e.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** What can be done to processes from outside. */
public final class Processes {
  private static final int KIB_PER_MIB = 1024;

  private Processes() {}

  /** {@code kill -9}. */
  public static void kill(long pid) {
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
  }

  /** Whether there is a process with this id. */
  public static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
  }

  /** Freezes a process and its children: its connections stay, without an answer on them. */
  public static void freeze(long pid) {
    signal("-STOP", pid);
  }

  /**
   * Lets a frozen process and its children go on; the launcher may have replaced what was silent
   * for long.
   */
  public static void thaw(long pid) {
    if (isAlive(pid)) {
      signal("-CONT", pid);
    }
  }

  private static void signal(String signal, long pid) {
    var process = ProcessHandle.of(pid).orElseThrow();
    var command = Stream.concat(Stream.of(process), process.descendants());
    var arguments =
        Stream.concat(Stream.of("kill", signal), command.map(one -> Long.toString(one.pid())))
            .toList();
    try {
      new ProcessBuilder(arguments).redirectErrorStream(true).start().onExit().join();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * What processes and their children have in memory, where pages that several share count once
   * (the kernel's proportional set size).
   */
  public static long memoryMiB(Collection<Long> pids) {
    return pids.stream()
            .flatMap(pid -> ProcessHandle.of(pid).stream())
            .flatMap(one -> Stream.concat(Stream.of(one), one.descendants()))
            .map(ProcessHandle::pid)
            .distinct()
            .mapToLong(Processes::memoryKiB)
            .sum()
        / KIB_PER_MIB;
  }

  /** How many files and sockets a process and its children have open. */
  public static long openFiles(long pid) {
    return ProcessHandle.of(pid).stream()
        .flatMap(one -> Stream.concat(Stream.of(one), one.descendants()))
        .mapToLong(one -> openFiles(Path.of("/proc", Long.toString(one.pid()), "fd")))
        .sum();
  }

  private static long openFiles(Path descriptors) {
    try (var files = Files.list(descriptors)) {
      return files.count();
    } catch (IOException gone) {
      return 0;
    }
  }

  private static long memoryKiB(long pid) {
    return kib(pid, "smaps_rollup", "Pss:");
  }

  /** The most that a process has had in memory since it was started. */
  public static long mostMemoryMiB(long pid) {
    return kib(pid, "status", "VmHWM:") / KIB_PER_MIB;
  }

  private static long kib(long pid, String file, String name) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(pid), file)).stream()
          .filter(line -> line.startsWith(name))
          .mapToLong(line -> Long.parseLong(List.of(line.split("\\s+")).get(1)))
          .sum();
    } catch (IOException gone) {
      return 0;
    }
  }
}
