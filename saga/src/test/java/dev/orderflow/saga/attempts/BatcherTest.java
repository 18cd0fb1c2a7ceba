package dev.orderflow.saga.attempts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatcherTest {
  private final List<Runnable> started = new ArrayList<>();
  private final List<List<String>> batches = new ArrayList<>();
  private final Batcher<String, Integer> lengths = new Batcher<>(this::lengths, started::add);

  private List<Integer> lengths(List<String> words) {
    batches.add(words);
    if (words.contains("none")) {
      throw new NoClassDefFoundError("none");
    }
    return words.stream().map(String::length).toList();
  }

  @Test
  void what_comes_meanwhile_is_done_together() {
    var one = lengths.add("a");
    var two = lengths.add("bc");

    started.removeFirst().run();

    assertThat(batches).containsExactly(List.of("a", "bc"));
    assertThat(one).isCompletedWithValue(1);
    assertThat(two).isCompletedWithValue(2);
    assertThat(started).isEmpty();
  }

  @Test
  void an_error_fails_its_batch_and_not_what_comes_later() {
    var none = lengths.add("none");
    started.removeFirst().run();
    var later = lengths.add("later");
    started.removeFirst().run();

    assertThat(none).isCompletedExceptionally();
    assertThat(later).isCompletedWithValue(5);
  }
}
