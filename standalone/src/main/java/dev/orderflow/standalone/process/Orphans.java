package dev.orderflow.standalone.process;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Child processes that outlived a launcher which was killed. */
public final class Orphans {
  private Orphans() {}

  /**
   * Ends all processes of this user that work in the data directory or are marked with it. Only for
   * the owner of the directory's lock, before it starts anything.
   *
   * @param data the data directory's real path
   * @return the names of those that it had to end, each once
   */
  public static List<String> end(Path data) {
    var ended = new ArrayList<String>();
    var begin = ProcessHandle.current().info().startInstant().orElseGet(Instant::now);
    var found = new OrphanSearch(data, begin).find();
    while (!found.isEmpty()) {
      CompletableFuture.allOf(found.stream().map(Orphan::end).toArray(CompletableFuture<?>[]::new))
          .join();
      found.stream().map(Orphan::name).forEach(ended::add);
      // What ends may have started others meanwhile: making a database does so all the time.
      found = new OrphanSearch(data, Instant.now()).find();
    }
    return ended.stream().distinct().toList();
  }
}
