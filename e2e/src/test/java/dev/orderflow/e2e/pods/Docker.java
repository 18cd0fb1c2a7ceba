package dev.orderflow.e2e.pods;

import dev.orderflow.e2e.platform.CommandLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The containers, volumes and the network of one platform, all with its name as their label.
 *
 * @param name also the network's
 */
record Docker(CommandLine commandLine, String name) {
  String run(String... arguments) {
    return run(List.of(arguments));
  }

  String run(List<String> arguments) {
    return commandLine.run(line(arguments));
  }

  boolean succeeds(Duration limit, List<String> arguments) {
    return commandLine.succeeds(line(arguments), limit);
  }

  String label() {
    return "label=" + name;
  }

  /** New volumes, by name, each with what a script makes of it as root. */
  void volumes(Map<String, String> scripts, String image) {
    var options =
        new ArrayList<>(
            List.of(
                "run", "--rm", "--interactive", "--network=none", "--user=0:0", "--label", name));
    var all = new StringBuilder("set -e\n");
    scripts.forEach((volume, script) -> {
      run("volume", "create", "--label", name, volume);
      options.add("--mount=type=volume,volume-nocopy,src=%1$s,dst=/%1$s".formatted(volume));
      all.append("cd /%s\n%s".formatted(volume, script));
    });
    options.addAll(List.of("--entrypoint=sh", image));
    // Over its input, for it may be secret.
    commandLine.run(line(options), all.toString());
  }

  /** Takes all away but what the containers have said. */
  void remove() {
    var containers = run("ps", "--all", "--format={{.Names}}", "--filter", label());
    for (var container : containers.lines().toList()) {
      var said = run("logs", container);
      try {
        Files.writeString(commandLine.log().resolveSibling(container + ".log"), said);
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
      run("rm", "--force", "--volumes", container);
    }
    run("volume", "prune", "--force", "--filter", label());
    run("network", "rm", name);
  }

  private static List<String> line(List<String> arguments) {
    var line = new ArrayList<>(List.of("docker"));
    line.addAll(arguments);
    return line;
  }
}
