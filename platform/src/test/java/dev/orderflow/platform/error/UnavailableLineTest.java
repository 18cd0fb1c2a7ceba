package dev.orderflow.platform.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.orderflow.platform.bounds.Bound;
import java.sql.SQLTransientException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UnavailableLineTest {
  private final ch.qos.logback.classic.Logger log = new LoggerContext().getLogger("service");
  private final ListAppender<ILoggingEvent> written = new ListAppender<>();

  @BeforeEach
  void listen() {
    written.start();
    log.addAppender(written);
  }

  @Test
  void what_a_bound_refuses_is_no_outage() {
    var full = new Bound("requests", 1, 10);

    UnavailableLine.write(log, "GET /", catchThrowable(() -> full.take("ann", 2)));

    assertThat(written.list).isEmpty();
  }

  @Test
  void outages_of_two_kinds_have_different_words() {
    UnavailableLine.write(log, "GET /", new CompletionException(new SQLTransientException()));
    UnavailableLine.write(log, "GET /", new UnavailableException("away", null));

    assertThat(written.list).extracting(ILoggingEvent::getMessage).doesNotHaveDuplicates();
  }
}
