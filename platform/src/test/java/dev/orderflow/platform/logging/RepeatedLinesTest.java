package dev.orderflow.platform.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RepeatedLinesTest {
  private long nanos;
  private final LoggerContext context = new LoggerContext();
  private final Logger log = context.getLogger("service");
  private final ListAppender<ILoggingEvent> written = new ListAppender<>();

  @BeforeEach
  void listen() {
    context.addTurboFilter(
        new RepeatedLines(
            new com.google.common.base.Ticker() {
              @Override
              public long read() {
                return nanos;
              }
            }));
    written.start();
    log.addAppender(written);
  }

  @Test
  void a_condition_writes_one_line_a_minute() {
    for (var second = 0; second < 120; second++) {
      for (var time = 0; time < 100; time++) {
        log.warn("{} does not answer", "server " + time);
      }
      nanos += Duration.ofSeconds(1).toNanos();
    }

    assertThat(written.list).hasSize(2);
  }

  @Test
  void other_words_another_level_and_another_kind_of_error_are_other_conditions() {
    for (var time = 0; time < 10; time++) {
      log.warn("one");
      log.warn("two");
      log.error("one");
      log.error("failed", new IllegalStateException());
      log.error("failed", new IllegalArgumentException());
    }

    assertThat(written.list).hasSize(5);
  }

  @Test
  void bugs_that_are_wrapped_alike_are_told_apart() {
    for (var time = 0; time < 10; time++) {
      log.error("failed", wrapped(new IllegalStateException()));
      log.error("failed", wrapped(new IllegalArgumentException()));
    }

    assertThat(written.list).hasSize(2);
  }

  private static RuntimeException wrapped(RuntimeException cause) {
    return new CompletionException(cause);
  }

  @Test
  void news_may_come_more_often_and_not_without_a_bound() {
    for (var time = 0; time < 100; time++) {
      log.info("Instances: {}", time);
    }

    assertThat(written.list).hasSize(30);
  }
}
