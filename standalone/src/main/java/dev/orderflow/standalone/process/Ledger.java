package dev.orderflow.standalone.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The file that remembers the child processes, so that those which outlive a killed launcher can be
 * found.
 */
public final class Ledger {
  private static final TypeReference<List<Entry>> ENTRIES = new TypeReference<>() {};

  private final Path file;
  private final JsonMapper json = JsonMapper.shared();
  private final Map<String, Entry> running = new LinkedHashMap<>();

  /**
   * A child process as it was started.
   *
   * @param started as the operating system reports it
   * @param marker a piece of its command line that no other process has
   */
  public record Entry(
      String name, long pid, Instant started, String marker, StopSignal stopSignal) {}

  /**
   * Entries of an earlier launcher stay in the file until the first one of this launcher is added.
   */
  public Ledger(Path file) {
    this.file = file;
  }

  /** What an earlier launcher has left; empty when there is no file or when it is no ledger. */
  public List<Entry> read() throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      return json.readValue(Files.readString(file), ENTRIES);
    } catch (JacksonException damaged) {
      return List.of();
    }
  }

  /** Remembers a process, in place of its former life. */
  public synchronized void started(ProcessSpec spec, ProcessHandle process) {
    var started = process.info().startInstant().orElse(Instant.EPOCH);
    running.put(
        spec.name(),
        new Entry(spec.name(), process.pid(), started, spec.marker(), spec.stopSignal()));
    try {
      var entries = running.values().stream().sorted(Comparator.comparing(Entry::name)).toList();
      OwnerOnlyFile.write(file, json.writeValueAsString(entries));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Forgets everything: no process is left. */
  public synchronized void clear() throws IOException {
    running.clear();
    Files.deleteIfExists(file);
  }
}
