package dev.orderflow.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class RedisAutoConfigurationTest {
  @Test
  void a_connection_to_a_machine_that_is_gone_is_given_up_within_seconds() {
    new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(DataRedisAutoConfiguration.class, RedisAutoConfiguration.class))
        .withPropertyValues("spring.data.redis.connect-timeout=500ms")
        .run(services -> {
          var sockets = services.getBean(RedisClient.class).getOptions().getSocketOptions();

          assertThat(sockets.isEnableTcpUserTimeout()).isTrue();
          assertThat(sockets.getTcpUserTimeout().getTcpUserTimeout())
              .isEqualTo(Duration.ofSeconds(5));
          assertThat(sockets.getConnectTimeout()).isEqualTo(Duration.ofMillis(500));
        });
  }
}
