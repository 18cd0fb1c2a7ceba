package dev.orderflow.standalone.platform;

import dev.orderflow.standalone.process.Ledger;
import dev.orderflow.standalone.process.Orphans;
import dev.orderflow.standalone.process.StartFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.concurrent.CompletionException;

/** What a killed launcher has left behind. */
public final class OrphanCleanup {
  private OrphanCleanup() {}

  /** Ends its processes, once sure that they are its, and removes what it had not completed. */
  public static void end(DataDirectory data, Console console) throws IOException {
    var ledger = new Ledger(data.ledgerFile());
    try {
      var ended = new ArrayList<>(Orphans.end(ledger.read()));
      ended.addAll(Orphans.endUnrecorded(data.root()));
      if (!ended.isEmpty()) {
        console.say("  Ended what an earlier run has left: " + String.join(", ", ended));
      }
    } catch (CompletionException failure) {
      if (failure.getCause() instanceof StartFailedException reason) {
        throw reason;
      }
      throw failure;
    }
    ledger.clear();
    data.deleteUnfinished();
    Files.deleteIfExists(data.clusterFile());
  }
}
