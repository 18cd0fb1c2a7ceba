package dev.orderflow.standalone.platform;

import dev.orderflow.standalone.process.Orphans;
import dev.orderflow.standalone.process.StartFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.CompletionException;

/** What a killed launcher has left behind. */
public final class OrphanCleanup {
  private OrphanCleanup() {}

  /** Ends its processes, once sure that they are its, and removes what it had not completed. */
  public static void end(DataDirectory data, Console console) throws IOException {
    try {
      var ended = Orphans.end(data.root());
      if (!ended.isEmpty()) {
        console.say("  Ended what an earlier run has left: " + String.join(", ", ended));
      }
    } catch (CompletionException failure) {
      if (failure.getCause() instanceof StartFailedException reason) {
        throw reason;
      }
      throw failure;
    }
    data.deleteUnfinished();
    Files.deleteIfExists(data.clusterFile());
  }
}
