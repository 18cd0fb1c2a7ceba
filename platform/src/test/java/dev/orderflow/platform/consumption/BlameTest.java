package dev.orderflow.platform.consumption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BlameTest {
  private final List<Integer> batch = IntStream.range(0, 100).boxed().toList();
  private final List<Integer> done = new ArrayList<>();
  private final List<Integer> failed = new ArrayList<>();

  @Test
  void the_ones_that_are_to_blame_are_found_and_all_others_are_done_in_their_order() {
    Blame.find(batch, this::work, (number, _) -> failed.add(number));

    assertThat(failed).containsExactly(13, 77);
    assertThat(done).hasSize(98).isSorted();
  }

  @Test
  void while_the_surroundings_fail_nobody_is_blamed() {
    var outage = new IllegalStateException(new SQLException("", "08006"));

    assertThatThrownBy(() ->
            Blame.find(
                batch,
                _ -> {
                  throw outage;
                },
                (number, _) -> failed.add(number)))
        .isSameAs(outage);
    assertThat(failed).isEmpty();
  }

  private void work(List<Integer> part) {
    if (part.contains(13) || part.contains(77)) {
      throw new IllegalArgumentException();
    }
    done.addAll(part);
  }
}
