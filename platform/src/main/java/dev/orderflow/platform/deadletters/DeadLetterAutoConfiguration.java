package dev.orderflow.platform.deadletters;

import dev.orderflow.platform.consumption.ConsumptionAutoConfiguration;
import dev.orderflow.platform.consumption.RecordReader;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The dead letters of a service that says what is done with them. */
@AutoConfiguration(after = ConsumptionAutoConfiguration.class)
@ConditionalOnBean(LetterWork.class)
@EnableConfigurationProperties(DeadLetterProperties.class)
public class DeadLetterAutoConfiguration {
  @Bean
  DeadLetters deadLetterStore(
      JdbcClient jdbc, Clock clock, @Value("${spring.application.name}") String service) {
    return new DeadLetters(jdbc, clock, service);
  }

  @Bean
  LetterSender letterSender(
      DeadLetters letters,
      List<LetterWork> works,
      RecordReader reader,
      DeadLetterProperties properties) {
    return new LetterSender(letters, works, reader, properties.checkInterval());
  }

  /** Its name is what the health calls it. */
  @Bean
  LetterDepth deadLetters(
      DeadLetters letters, LetterSender sender, DeadLetterProperties properties) {
    return new LetterDepth(letters, sender.sources(), properties.checkInterval());
  }

  @Bean
  LetterWorker letterWorker(
      DeadLetters letters,
      LetterSender sender,
      LetterDepth depth,
      DeadLetterProperties properties,
      MeterRegistry meters,
      Clock clock) {
    return new LetterWorker(letters, sender, depth, properties, meters, clock);
  }

  @Bean
  DeadLetterController deadLetterController(
      DeadLetters letters,
      LetterWorker worker,
      @Value("${spring.application.name}") String service) {
    return new DeadLetterController(letters, worker, service);
  }
}
