package dev.orderflow.e2e.learn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.orderflow.e2e.platform.LocalPlatform;
import dev.orderflow.e2e.platform.PlatformUnderTest;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A page of docs/learn. Its blocks of commands are run one after another in one shell, as a reader
 * would paste them; behind each stands what it prints, where {@code …} is any text.
 */
record Lesson(Path page) {
  private static final Path PAGES = PlatformUnderTest.PROJECT.resolve("docs/learn/en");
  private static final Pattern BLOCK =
      Pattern.compile("(?s)```sh\\n(.*?)```\\s*```text\\n(.*?)```");
  private static final String DONE = "--- the next block ---";
  private static final int MOST_MINUTES = 8;

  /** Commands, and what they print. */
  private record Block(String commands, String printed) {
    /** Compares line by line; a line {@code …} stands for any number of lines. */
    boolean prints(String output) {
      var form =
          printed
              .lines()
              .map(line -> line.equals("…") ? "(?:.*\\R)*?" : line(line) + "\\R")
              .collect(Collectors.joining());
      return output.matches(form);
    }

    private static String line(String line) {
      return Stream.of(line.split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*?"));
    }
  }

  /** The page of this number. */
  static Lesson number(int number) {
    try (var pages = Files.list(PAGES)) {
      return new Lesson(
          pages
              .filter(page -> page.getFileName().toString().startsWith("%02d-".formatted(number)))
              .findFirst()
              .orElseThrow());
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** Does what the page says, and compares what it prints; skipped where there is no curl. */
  void takeOn(LocalPlatform platform) throws IOException, InterruptedException {
    assumeThat(Stream.of(System.getenv("PATH").split(File.pathSeparator)))
        .as("the lessons use curl")
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, "curl")));
    var blocks = blocks();
    assertThat(blocks).isNotEmpty();
    var outputs = run(blocks, platform);
    for (var i = 0; i < blocks.size(); i++) {
      var output = i < outputs.size() ? outputs.get(i) : "";
      assertThat(blocks.get(i).prints(output))
          .as(
              "%s%n%n%s%nprinted%n%n%s%ninstead of%n%n%s",
              page.getFileName(), blocks.get(i).commands(), output, blocks.get(i).printed())
          .isTrue();
    }
  }

  private List<Block> blocks() throws IOException {
    return BLOCK
        .matcher(Files.readString(page))
        .results()
        .map(block -> new Block(block.group(1), block.group(2)))
        .toList();
  }

  private List<String> run(List<Block> blocks, LocalPlatform platform)
      throws IOException, InterruptedException {
    var output = Files.createTempFile("lesson", ".out");
    var builder =
        new ProcessBuilder("bash")
            .directory(PlatformUnderTest.PROJECT.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("URL", platform.cluster().gateway().url());
    builder.environment().put("DATA", platform.data().toString());
    var shell = builder.start();
    try (var input = shell.outputWriter(UTF_8)) {
      for (var block : blocks) {
        input.write(block.commands() + "echo '" + DONE + "'\n");
      }
    }
    try {
      assertThat(shell.waitFor(MOST_MINUTES, TimeUnit.MINUTES)).as("%s ends", page).isTrue();
      return List.of(Files.readString(output).split(DONE + "\n", -1));
    } finally {
      shell.descendants().forEach(ProcessHandle::destroyForcibly);
      shell.destroyForcibly();
      Files.delete(output);
    }
  }

  @Override
  public String toString() {
    return page.getFileName().toString();
  }
}
