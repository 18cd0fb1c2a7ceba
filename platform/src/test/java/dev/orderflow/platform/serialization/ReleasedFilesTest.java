package dev.orderflow.platform.serialization;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What a release has written stays in the event stores, topics and tables out there. The golden
 * files say what that is, so they never change: a new form is a new revision with a new file.
 */
class ReleasedFilesTest {
  private static final Path PROJECT = Path.of("..");
  private static final String LIST = "platform/src/test/resources/released.sha256";

  @Test
  void golden_files_are_as_they_were_released() throws Exception {
    var released =
        Files.readAllLines(PROJECT.resolve(LIST)).stream()
            .map(line -> line.split("  "))
            .collect(toMap(line -> line[1], line -> line[0]));

    assertThat(golden())
        .as(
            "golden files. A released one never changes: give the new form a new revision and a file of"
                + " its own. List what is new in %s, as sha256sum prints it",
            LIST)
        .containsExactlyInAnyOrderEntriesOf(released);
  }

  /** The checksums of all golden files of all modules, by path. */
  private static Map<String, String> golden() throws IOException, NoSuchAlgorithmException {
    var sums = new TreeMap<String, String>();
    try (var modules = Files.newDirectoryStream(PROJECT)) {
      for (var module : modules) {
        var golden = module.resolve("src/test/resources/golden");
        if (Files.isDirectory(golden)) {
          addSums(golden, sums);
        }
      }
    }
    return sums;
  }

  private static void addSums(Path golden, Map<String, String> sums)
      throws IOException, NoSuchAlgorithmException {
    try (var files = Files.newDirectoryStream(golden)) {
      for (var file : files) {
        var sum = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        var path = PROJECT.relativize(file).toString().replace('\\', '/');
        sums.put(path, HexFormat.of().formatHex(sum));
      }
    }
  }
}
