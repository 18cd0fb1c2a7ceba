package dev.orderflow.standalone.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Looks in {@code /proc} for processes that belong to a data directory: JVMs by program and marker,
 * other servers by program and working directory. Finds nothing where there is no {@code /proc}.
 *
 * @param data the data directory's real path
 * @param startedBefore what is younger is left alone
 */
record OrphanSearch(Path data, Instant startedBefore) {
  private static final String JVM = "java";
  private static final Set<String> SERVERS = Set.of("postgres", "initdb", "redis-server");

  /** All of them that the same user has started as this process. */
  List<Orphan> find() {
    var user = ProcessHandle.current().info().user();
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().user().equals(user))
        .filter(process -> process.info().startInstant().filter(startedBefore::isAfter).isPresent())
        .flatMap(process -> jvm(process).or(() -> server(process)).stream())
        .toList();
  }

  private Optional<Orphan> jvm(ProcessHandle process) {
    var marker = JavaProcess.marker(data) + "/";
    if (!program(process).equals(Optional.of(JVM))) {
      return Optional.empty();
    }
    return arguments(process)
        .filter(argument -> argument.startsWith(marker))
        .map(argument -> argument.substring(marker.length()))
        .map(name -> new Orphan(name, process, Signal.TERM))
        .findFirst();
  }

  private Optional<Orphan> server(ProcessHandle process) {
    return program(process)
        .filter(SERVERS::contains)
        .filter(
            _ -> link(process, "cwd").filter(directory -> directory.startsWith(data)).isPresent())
        .map(program -> new Orphan(program, process, Signal.INT));
  }

  private static Optional<String> program(ProcessHandle process) {
    return link(process, "exe").map(program -> program.getFileName().toString());
  }

  private static Optional<Path> link(ProcessHandle process, String name) {
    try {
      return Optional.of(Files.readSymbolicLink(proc(process).resolve(name)));
    } catch (IOException goneOrNotOurs) {
      return Optional.empty();
    }
  }

  private static Stream<String> arguments(ProcessHandle process) {
    try {
      var raw = Files.readAllBytes(proc(process).resolve("cmdline"));
      return Stream.of(new String(raw, StandardCharsets.UTF_8).split("\0"));
    } catch (IOException gone) {
      return Stream.empty();
    }
  }

  private static Path proc(ProcessHandle process) {
    return Path.of("/proc", Long.toString(process.pid()));
  }
}
