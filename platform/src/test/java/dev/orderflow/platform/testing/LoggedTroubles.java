package dev.orderflow.platform.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What is logged meanwhile that speaks of a bug: an error, or a stack trace at any level. */
public final class LoggedTroubles implements AutoCloseable {
  private static final Logger ROOT =
      (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  /** Listens from now on until it is closed. */
  public LoggedTroubles() {
    // Other threads write to it while it is read.
    log.list = new CopyOnWriteArrayList<>();
    log.start();
    ROOT.addAppender(log);
  }

  /** What was logged so far. */
  public List<String> all() {
    return List.copyOf(log.list).stream()
        .filter(event ->
            event.getLevel().isGreaterOrEqual(Level.ERROR)
                || (event.getThrowableProxy() != null
                    && event.getLevel().isGreaterOrEqual(Level.INFO)))
        .map(event ->
            event.getLoggerName() + ": " + event.getFormattedMessage() + " " + trace(event))
        .toList();
  }

  private static String trace(ILoggingEvent event) {
    var thrown = event.getThrowableProxy();
    return thrown == null ? "" : thrown.getClassName() + ": " + thrown.getMessage();
  }

  @Override
  public void close() {
    ROOT.detachAppender(log);
  }
}
