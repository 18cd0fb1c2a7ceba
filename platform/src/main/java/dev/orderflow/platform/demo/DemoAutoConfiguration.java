package dev.orderflow.platform.demo;

import dev.orderflow.platform.security.IdentityProperties;
import dev.orderflow.platform.security.TokenAutoConfiguration;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;

/** Lets staff stop a process of a platform that is there to be looked at. */
@AutoConfiguration(after = TokenAutoConfiguration.class)
@ConditionalOnBooleanProperty(DemoAutoConfiguration.ENABLED)
@ConditionalOnWebApplication
public class DemoAutoConfiguration {
  static final String ENABLED = "orderflow.demo.enabled";

  /** So that the answer gets out. */
  private static final Duration PAUSE = Duration.ofMillis(200);

  /** As of a process that was killed: 128 and the number of SIGKILL. */
  private static final int KILLED = 137;

  /**
   * @throws InvalidConfigurationPropertyValueException with an issuer of production
   */
  DemoAutoConfiguration(IdentityProperties identity) {
    if (identity.issuerUri() != null) {
      throw new InvalidConfigurationPropertyValueException(
          ENABLED,
          true,
          "The demo mode stops instances and makes payments fail, so it is not for production,"
              + " and orderflow.identity.issuer-uri is that of a production. Leave one of them"
              + " out; with ./orderflow up --no-demo-mode it is off.");
    }
  }

  @Bean
  HaltController haltController() {
    return new HaltController(() ->
        CompletableFuture.delayedExecutor(PAUSE.toMillis(), TimeUnit.MILLISECONDS)
            .execute(() -> Runtime.getRuntime().halt(KILLED)));
  }
}
