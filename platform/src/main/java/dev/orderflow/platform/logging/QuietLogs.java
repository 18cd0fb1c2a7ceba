package dev.orderflow.platform.logging;

import ch.qos.logback.classic.LoggerContext;
import com.google.common.base.Ticker;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

/** Spares the logs {@link RepeatedLines}, once Spring Boot has set logging up. */
public final class QuietLogs
    implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {
  @Override
  public int getOrder() {
    return LoggingApplicationListener.DEFAULT_ORDER + 1;
  }

  @Override
  public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    if (context.getTurboFilterList().stream().noneMatch(RepeatedLines.class::isInstance)) {
      context.addTurboFilter(new RepeatedLines(Ticker.systemTicker()));
    }
  }
}
