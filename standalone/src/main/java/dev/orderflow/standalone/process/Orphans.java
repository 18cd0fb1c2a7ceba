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
   * @return the names of those that it had to end
   */
  public static List<String> end(Path data) {
    var ended = new ArrayList<String>();
    var begin = ProcessHandle.current().info().startInstant().orElseGet(Instant::now);
    var strays = new Strays(data, begin).find();
    while (!strays.isEmpty()) {
      CompletableFuture.allOf(strays.stream().map(Orphan::end).toArray(CompletableFuture<?>[]::new))
          .join();
      strays.stream().map(Orphan::name).forEach(ended::add);
      // What ends may have started others meanwhile: making a database does so all the time.
      strays = new Strays(data, Instant.now()).find();
    }
    return ended;
  }
}
