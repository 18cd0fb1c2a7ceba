package dev.orderflow.platform.deadletters;

import dev.orderflow.platform.consumption.ConsumptionAutoConfiguration;
import dev.orderflow.platform.overview.Check;
import dev.orderflow.platform.overview.MeterValues;
import dev.orderflow.platform.overview.Shown;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The dead letters of a service that says what is done with them. */
@AutoConfiguration(after = ConsumptionAutoConfiguration.class)
@ConditionalOnBean(LetterWork.class)
@EnableConfigurationProperties(DeadLetterProperties.class)
@Import({
  DeadLetters.class,
  DeadLetterQueries.class,
  DeadLetterRedrive.class,
  DeadLetterRetention.class,
  LetterSender.class,
  LetterDepth.class,
  LetterTimeline.class,
  LetterWorker.class,
  DeadLetterController.class
})
public class DeadLetterAutoConfiguration {
  @Bean
  Shown lettersShown(LetterSender sender, MeterValues meters) {
    return new Shown(
        sender.sources().stream()
            .map(source ->
                Check.red(
                        "dead-letters",
                        meters.gauge("orderflow.dead.letters", "source", source),
                        "",
                        1,
                        "dead-letters")
                    .of(source))
            .toList(),
        List.of());
  }
}
