package dev.orderflow.platform.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import com.google.common.base.Throwables;
import com.google.common.base.Ticker;
import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * Lets each condition write one line a minute, however often it is met: a warning or an error with
 * the same words of the same logger and, when it comes with an exception, the same kind of root
 * cause from the same place. Lines of lower levels may be more, and are bounded all the same.
 * Errors of a second kind are never hidden by those of a first.
 */
final class RepeatedLines extends TurboFilter {
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int CONDITIONS = 2_000;
  private static final int WARNINGS = 1;
  private static final int OTHERS = 30;

  private final LoadingCache<Condition, AtomicInteger> met;

  RepeatedLines(Ticker ticker) {
    met =
        CacheBuilder.newBuilder()
            .maximumSize(CONDITIONS)
            .expireAfterWrite(WINDOW)
            .ticker(ticker)
            .build(CacheLoader.from(() -> new AtomicInteger()));
  }

  @Override
  public FilterReply decide(
      @Nullable Marker marker,
      Logger logger,
      Level level,
      @Nullable String format,
      Object @Nullable [] arguments,
      @Nullable Throwable error) {
    // Without a text it is only asked whether there would be a line.
    if (format == null || !logger.isEnabledFor(marker, level)) {
      return FilterReply.NEUTRAL;
    }
    var count =
        met.getUnchecked(new Condition(logger.getName(), level, format, kindOf(error)))
            .incrementAndGet();
    return count > (level.isGreaterOrEqual(Level.WARN) ? WARNINGS : OTHERS)
        ? FilterReply.DENY
        : FilterReply.NEUTRAL;
  }

  private static String kindOf(@Nullable Throwable error) {
    if (error == null) {
      return "";
    }
    var cause = Throwables.getRootCause(error);
    var stack = cause.getStackTrace();
    return cause.getClass().getName() + (stack.length == 0 ? "" : stack[0]);
  }

  private record Condition(String logger, Level level, String words, String kind) {}
}
