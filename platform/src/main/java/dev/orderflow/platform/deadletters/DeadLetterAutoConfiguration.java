package dev.orderflow.platform.deadletters;

import dev.orderflow.platform.consumption.ConsumptionAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/** The dead letters of a service that says what is done with them. */
@AutoConfiguration(after = ConsumptionAutoConfiguration.class)
@ConditionalOnBean(LetterWork.class)
@EnableConfigurationProperties(DeadLetterProperties.class)
@Import({
  DeadLetters.class,
  LetterSender.class,
  LetterDepth.class,
  LetterWorker.class,
  DeadLetterController.class
})
public class DeadLetterAutoConfiguration {}
