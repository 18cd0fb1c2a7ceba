package dev.orderflow.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Renders kustomizations with what the machine has for it. */
record Kustomize(List<String> command) {
  /** The variable that names the program, where it is not on the path. */
  static final String VARIABLE = "KUSTOMIZE";

  /** {@code kustomize}, or a {@code kubectl} that is new enough to know components. */
  static Optional<Kustomize> onThisMachine() {
    var named = System.getenv(VARIABLE);
    if (named != null) {
      return Optional.of(new Kustomize(List.of(named, "build")));
    }
    return onPath("kustomize")
        .map(program -> new Kustomize(List.of(program, "build")))
        .or(() ->
            onPath("kubectl")
                .filter(program ->
                    run(List.of(program, "version", "--client")).contains("Kustomize Version: v5"))
                .map(program -> new Kustomize(List.of(program, "kustomize"))));
  }

  private static Optional<String> onPath(String program) {
    return Stream.of(Objects.requireNonNullElse(System.getenv("PATH"), "").split(":"))
        .map(directory -> Path.of(directory, program))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }

  /** The manifests as YAML; fails with what the program says. */
  String render(Path directory) {
    var line = new ArrayList<>(command);
    line.add(directory.toString());
    return run(line);
  }

  private static String run(List<String> line) {
    try {
      var errors = Files.createTempFile("kustomize", ".log");
      try {
        var process = new ProcessBuilder(line).redirectError(errors.toFile()).start();
        var output = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
          throw new AssertionError(line + " failed: " + Files.readString(errors));
        }
        return output;
      } finally {
        Files.delete(errors);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
