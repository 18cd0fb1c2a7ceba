package dev.orderflow.e2e.pods;

import dev.orderflow.e2e.platform.CommandLine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Renders kustomizations with what the machine has for it. */
record ManifestRenderer(CommandLine commandLine, List<String> command) {
  /** {@code kustomize}, or a {@code kubectl} that is new enough to know components. */
  static Optional<ManifestRenderer> onThisMachine(CommandLine commandLine) {
    if (isOnPath("kustomize")) {
      return Optional.of(new ManifestRenderer(commandLine, List.of("kustomize", "build")));
    }
    return isOnPath("kubectl")
            && commandLine
                .run(List.of("kubectl", "version", "--client"))
                .contains("Kustomize Version: v5")
        ? Optional.of(new ManifestRenderer(commandLine, List.of("kubectl", "kustomize")))
        : Optional.empty();
  }

  private static boolean isOnPath(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  String render(String directory) {
    var line = new ArrayList<>(command);
    line.add(directory);
    return commandLine.run(line);
  }
}
