package dev.orderflow.standalone;

import dev.orderflow.standalone.identity.Secrets;
import dev.orderflow.standalone.infrastructure.BinaryCache;
import dev.orderflow.standalone.operation.NotDoneException;
import dev.orderflow.standalone.operation.Projections;
import dev.orderflow.standalone.process.StartFailedException;
import dev.orderflow.standalone.service.AuditProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code orderflow audit}: checks the rules that must always hold against the whole history. */
@Command(
    name = "audit",
    description = {
      "Checks the rules that must always hold over the event store, and that every projection is",
      "what a replay of all events makes. The shop may stay open."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:Everything holds",
      "1:Something is broken; the report names the first event or row",
      "2:It could not be found out"
    },
    mixinStandardHelpOptions = true)
final class Audit implements Callable<Integer> {
  private static final int HOLDS = 0;
  private static final int BROKEN = 1;
  private static final int NOT_DONE = 2;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec command;

  @Mixin private final DataDirectoryOption dataDirectory = new DataDirectoryOption();

  @Override
  public Integer call() throws IOException, InterruptedException {
    var console = Console.of(command);
    var directory = dataDirectory.directory();
    try (var operation = Operation.on(directory, console)) {
      var ofEvents = eventStore(directory, operation.jdbcUrl());
      if (ofEvents == NOT_DONE) {
        return NOT_DONE;
      }
      var projections = new Projections(operation.staff(), console.progressBar());
      var areEqual = true;
      for (var name : projections.names()) {
        areEqual &= projections.equalsReplay(name);
      }
      var holds = ofEvents == HOLDS && areEqual;
      console.say(holds ? "The audit passes" : "The audit does not pass");
      return holds ? HOLDS : BROKEN;
    } catch (NotDoneException | StartFailedException failure) {
      console.fail(failure);
      return NOT_DONE;
    }
  }

  private static int eventStore(Path directory, String jdbcUrl)
      throws IOException, InterruptedException {
    return AuditProcess.run(
        Project.directory(),
        BinaryCache.ofUser(DataDirectory.cacheIn(directory)),
        jdbcUrl,
        Secrets.in(DataDirectory.secretsIn(directory)));
  }
}
