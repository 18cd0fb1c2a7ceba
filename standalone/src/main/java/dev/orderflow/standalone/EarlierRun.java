package dev.orderflow.standalone;

import dev.orderflow.standalone.process.Ledger;
import dev.orderflow.standalone.process.Orphans;
import dev.orderflow.standalone.process.StartFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.CompletionException;

/** What a launcher has left that was killed. */
final class EarlierRun {
  private EarlierRun() {}

  /** Ends its processes, after making sure that they are its, and removes its cluster file. */
  static void end(DataDirectory data, Console console) throws IOException {
    var ledger = new Ledger(data.ledgerFile());
    try {
      var ended = Orphans.end(ledger.read());
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
    Files.deleteIfExists(data.clusterFile());
  }
}
