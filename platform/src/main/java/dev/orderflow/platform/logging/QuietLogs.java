package dev.orderflow.platform.logging;

import ch.qos.logback.classic.LoggerContext;
import com.google.common.base.Ticker;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

/**
 * Spares the logs {@link RepeatedLines}, once Spring Boot has set logging up; and, before Tomcat
 * reads its first request, what it has to say of those that it cannot read.
 */
public final class QuietLogs
    implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {
  /**
   * Tomcat's own setting: by default each of its processors tells once a day, with a stack trace.
   */
  private static final String OF_BAD_REQUESTS = "org.apache.juli.logging.UserDataHelper.CONFIG";

  @Override
  public int getOrder() {
    return LoggingApplicationListener.DEFAULT_ORDER + 1;
  }

  @Override
  public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
    if (System.getProperty(OF_BAD_REQUESTS) == null) {
      System.setProperty(OF_BAD_REQUESTS, "DEBUG_ALL");
    }
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    if (context.getTurboFilterList().stream().noneMatch(RepeatedLines.class::isInstance)) {
      context.addTurboFilter(new RepeatedLines(Ticker.systemTicker()));
    }
  }
}
