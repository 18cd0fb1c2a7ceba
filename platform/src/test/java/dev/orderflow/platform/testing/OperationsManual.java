package dev.orderflow.platform.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What operators have to read. */
public final class OperationsManual {
  private OperationsManual() {}

  /** The anchors of all paragraphs of docs/operations.md, as GitHub makes them of its headings. */
  public static Set<String> anchors() throws IOException {
    try (var lines = Files.lines(Path.of("../docs/operations.md"))) {
      return lines
          .filter(line -> line.startsWith("#"))
          .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
          .map(heading -> heading.replaceAll("[^a-z0-9 -]", "").replace(' ', '-'))
          .collect(Collectors.toSet());
    }
  }
}
