package dev.orderflow.saga.testing;

import dev.orderflow.platform.testing.SigningKeys;
import dev.orderflow.platform.testing.TestPostgres;
import dev.orderflow.saga.Sagas;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts instances of the service, as processes of their own would be. */
public final class SagaInstance {
  private SagaInstance() {}

  /**
   * Starts one. Nothing of it may depend on polling for tasks: it would take a minute.
   *
   * @param number tells the instances apart
   * @param more settings, which outrank those that are usual here
   */
  public static ConfigurableApplicationContext start(
      int number,
      TestPostgres.Database database,
      String kafka,
      FakeCommandSideServer commandSide,
      FakeTokenEndpoint tokens,
      Path mails,
      Map<String, Object> more) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("server.port", 0);
    settings.put("server.address", "127.0.0.1");
    settings.put("spring.datasource.url", database.url());
    settings.put("spring.datasource.username", database.user());
    settings.put("spring.kafka.bootstrap-servers", kafka);
    settings.put("orderflow.instance", number);
    settings.put("orderflow.grpc.command-side", commandSide.target());
    settings.put("orderflow.identity.issuer", SigningKeys.ISSUER);
    settings.put(
        "orderflow.identity.public-key", SigningKeys.TRUSTED.publicKey().toUri().toString());
    settings.put("orderflow.identity.token-uri", tokens.uri());
    settings.put("orderflow.identity.client-id", "saga");
    settings.put("orderflow.identity.client-secret", "secret");
    settings.put("orderflow.notification.mail-directory", mails.toString());
    settings.put("orderflow.saga.task-poll-interval", "60s");
    settings.put("orderflow.payment.provider-timeout", "2s");
    settings.put("orderflow.payment.simulated.slow", "1500ms");
    settings.putAll(more);
    // Command line arguments outrank the application's own settings.
    return new SpringApplicationBuilder(Sagas.class)
        // At the end of the JVM it would wait for servers that end with it.
        .registerShutdownHook(false)
        .run(
            settings.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new));
  }
}
