package dev.orderflow.commandside.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

/** Nothing waits unseen. */
class WaitingEventsTest {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final WaitingEvents waiting = new WaitingEvents();

  WaitingEventsTest() {
    waiting.bindTo(meters);
  }

  private double seconds() {
    return meters.get("orderflow.publication.waiting").gauge().value();
  }

  @Test
  void what_was_committed_while_others_were_published_goes_on_waiting() {
    waiting.committed();
    var looked = later();
    later();
    waiting.committed();

    waiting.publishedAllOf(looked);
    assertThat(seconds()).isPositive();

    waiting.publishedAllOf(later());
    assertThat(seconds()).isZero();
  }

  @Test
  void a_commit_does_not_shorten_the_wait_of_those_before_it() {
    var before = System.nanoTime();
    waiting.committed();
    var after = later();
    waiting.committed();

    waiting.publishedAllOf(before - 1);

    var atLeast = (System.nanoTime() - after) / 1e9;
    assertThat(seconds()).isGreaterThan(atLeast);
  }

  @Test
  void nothing_waits_here_while_another_instance_publishes() {
    waiting.committed();
    waiting.waitElsewhere();

    assertThat(seconds()).isZero();
  }

  /** A time after all that was done before. */
  private static long later() {
    var now = System.nanoTime();
    await().until(() -> System.nanoTime() > now);
    return System.nanoTime();
  }
}
