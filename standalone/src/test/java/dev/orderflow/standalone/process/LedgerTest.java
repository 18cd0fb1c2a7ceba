package dev.orderflow.standalone.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void choose_a_file() {
    file = directory.resolve("processes.json");
  }

  @Test
  void the_next_launcher_reads_what_this_one_has_written() throws IOException {
    var me = ProcessHandle.current();
    new Ledger(file).started(Specs.shell("one", directory, "true"), me);

    assertThat(new Ledger(file).read())
        .containsExactly(
            new Ledger.Entry(
                "one", me.pid(), me.info().startInstant().orElseThrow(), "true", StopSignal.TERM));
  }

  @Test
  void a_process_that_was_started_again_is_remembered_once() throws IOException {
    var ledger = new Ledger(file);
    ledger.started(Specs.shell("one", directory, "true"), ProcessHandle.of(1).orElseThrow());
    ledger.started(Specs.shell("one", directory, "true"), ProcessHandle.current());

    assertThat(new Ledger(file).read())
        .extracting(Ledger.Entry::pid)
        .containsExactly(ProcessHandle.current().pid());
  }

  @Test
  void only_the_owner_reads_it() throws IOException {
    new Ledger(file).started(Specs.shell("one", directory, "true"), ProcessHandle.current());

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void a_damaged_ledger_names_nobody() throws IOException {
    Files.writeString(file, "[{\"name\":");

    assertThat(new Ledger(file).read()).isEmpty();
  }

  @Test
  void nothing_is_left_after_a_clean_stop() throws IOException {
    var ledger = new Ledger(file);
    ledger.started(Specs.shell("one", directory, "true"), ProcessHandle.current());
    ledger.clear();

    assertThat(file).doesNotExist();
    assertThat(ledger.read()).isEmpty();
  }
}
