package dev.orderflow.queryside.live;

import dev.orderflow.platform.overview.Check;
import dev.orderflow.platform.overview.MeterValues;
import dev.orderflow.platform.overview.Shown;
import dev.orderflow.platform.postgres.Notifications;
import dev.orderflow.platform.postgres.ReconnectingConnection;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Rows change on the instance that reads their partition; all instances hear of it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ConsistencyProperties.class, StreamProperties.class})
class LiveConfiguration {
  private static final String NAME = "orderflow-view-changes";

  /** How many open streams are near the most that there may be. */
  private static final int MANY = 1_800;

  @Bean
  Changes changes() {
    return new Changes();
  }

  @Bean
  Shown streamsShown(MeterValues meters) {
    return Shown.of(
        Check.amber(
            "streams-open", meters.gauge("orderflow.streams.open"), "", MANY, "streams-run-out"));
  }

  @Bean
  ReconnectingConnection changeNotifications(JdbcConnectionDetails database, Changes changes) {
    return new ReconnectingConnection(
        database,
        NAME,
        new Notifications(ChangeNotice.CHANNEL, changes::anythingChanged, changes::changed));
  }
}
