package dev.orderflow.commandside;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Connections are given up for new ones now and then, so that callers find new instances. */
class ConnectionAgeTest {
  @Test
  void callers_find_new_instances_within_a_minute() {
    new ApplicationContextRunner()
        .withInitializer(new ConfigDataApplicationContextInitializer())
        .withInitializer(context ->
            context.getEnvironment().setConversionService(new ApplicationConversionService()))
        .run(context ->
            assertThat(
                    context
                        .getEnvironment()
                        .getRequiredProperty(
                            "spring.grpc.server.keepalive.connection.max-age", Duration.class))
                .isLessThan(Duration.ofMinutes(1)));
  }
}
