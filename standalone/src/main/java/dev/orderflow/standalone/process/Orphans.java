package dev.orderflow.standalone.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Child processes that outlived a launcher which was killed. A process id may have been given to
 * another process since, so nothing is ended unless its id, its start time and its command line are
 * all those of the child.
 */
public final class Orphans {
  /**
   * Start times are counted from the boot, whose time moves a little when the clock is corrected.
   */
  private static final Duration CLOCK_CORRECTION = Duration.ofSeconds(2);

  private Orphans() {}

  /** Ends what still runs of the entries and returns the names of those that it had to end. */
  public static List<String> end(List<Ledger.Entry> entries) {
    return endAll(entries.stream().map(Orphans::find).flatMap(Optional::stream).toList());
  }

  /**
   * Ends what the ledger does not know, since the launcher was killed between a start and the entry
   * for it: processes of this user that work in or are marked with the data directory. Only for the
   * owner of the data directory's lock, before it starts anything.
   *
   * @param data the data directory's real path
   * @return the names of those that it had to end
   */
  public static List<String> endUnrecorded(Path data) {
    var ended = new ArrayList<String>();
    var begin = ProcessHandle.current().info().startInstant().orElseGet(Instant::now);
    var strays = new Strays(data, begin).find();
    while (!strays.isEmpty()) {
      ended.addAll(endAll(strays));
      // What ends may have started others meanwhile: making a database does so all the time.
      strays = new Strays(data, Instant.now()).find();
    }
    return ended;
  }

  private static List<String> endAll(List<Orphan> orphans) {
    var ends = orphans.stream().map(Orphan::end).toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(ends).join();
    return orphans.stream().map(Orphan::name).toList();
  }

  private static Optional<Orphan> find(Ledger.Entry entry) {
    return ProcessHandle.of(entry.pid())
        .filter(ProcessHandle::isAlive)
        .filter(process -> startedAt(process, entry))
        .filter(process -> commandLine(process).contains(entry.marker()))
        .map(process -> new Orphan(entry.name(), process, entry.stopSignal()));
  }

  private static boolean startedAt(ProcessHandle process, Ledger.Entry entry) {
    return process
        .info()
        .startInstant()
        .map(started -> Duration.between(started, entry.started()).abs())
        .filter(difference -> difference.compareTo(CLOCK_CORRECTION) <= 0)
        .isPresent();
  }

  private static String commandLine(ProcessHandle process) {
    try {
      var raw = Files.readAllBytes(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
      return new String(raw, StandardCharsets.UTF_8).replace('\0', ' ');
    } catch (IOException noProcFileSystem) {
      return process.info().commandLine().orElse("");
    }
  }
}
