package dev.orderflow.queryside.live;

import dev.orderflow.platform.postgres.KeptConnection;
import dev.orderflow.platform.postgres.Notifications;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Orders change on the instance that reads their partition; all instances hear of it. */
@Configuration(proxyBeanMethods = false)
class LiveConfiguration {
  private static final String NAME = "orderflow-order-changes";

  @Bean
  Changes orderChanges() {
    return new Changes();
  }

  @Bean
  SmartLifecycle orderChangeNotifications(JdbcConnectionDetails database, Changes orderChanges) {
    var connection =
        new KeptConnection(
            database,
            NAME,
            new Notifications(
                ChangeNotice.CHANNEL, orderChanges::anythingChanged, orderChanges::changed));
    return new SmartLifecycle() {
      @Override
      public void start() {
        connection.start();
      }

      @Override
      public void stop() {
        connection.stop();
      }

      @Override
      public boolean isRunning() {
        return connection.isRunning();
      }
    };
  }
}
