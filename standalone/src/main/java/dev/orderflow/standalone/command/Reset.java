package dev.orderflow.standalone.command;

import dev.orderflow.standalone.platform.DataDirectory;
import dev.orderflow.standalone.platform.OrphanCleanup;
import dev.orderflow.standalone.process.StartFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;

/** {@code orderflow reset}: deletes all data of a platform that does not run. */
@Command(
    name = "reset",
    description = "Deletes all data. The platform must not be running.",
    mixinStandardHelpOptions = true)
public final class Reset extends DataCommand {
  @Override
  public Integer call() throws IOException {
    var console = console();
    var directory = directory();
    if (!Files.exists(directory) || isEmpty(directory)) {
      console.say("There is no data in " + directory + ".");
      return 0;
    }
    if (!DataDirectory.isOne(directory)) {
      throw new StartFailedException(
          "%s is no data directory of Orderflow; nothing was deleted.".formatted(directory));
    }
    try (var data = DataDirectory.take(directory)) {
      OrphanCleanup.end(data, console);
      console.say(
          data.delete()
              ? "Deleted " + directory + "."
              : "Deleted the data in "
                  + directory
                  + "; files that Orderflow did not make are left.");
    }
    return 0;
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files.findAny().isEmpty();
    }
  }
}
