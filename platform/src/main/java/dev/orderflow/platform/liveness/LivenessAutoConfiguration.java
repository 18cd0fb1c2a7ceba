package dev.orderflow.platform.liveness;

import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Makes liveness depend on work getting done: it is asked over a virtual thread, and fails when one
 * of the beans that are {@link OngoingWork} stands still. It also gives virtual threads more
 * carriers while they stand still.
 */
@AutoConfiguration
public class LivenessAutoConfiguration {
  /** Longer than a step takes while what it needs is away. An idle consumer makes one every 5 s. */
  private static final Duration LONGEST_STEP = Duration.ofSeconds(60);

  @Bean
  SpareCarriers spareCarriers() {
    return new SpareCarriers();
  }

  @Bean
  OngoingWorkHealth ongoingWork(ObjectProvider<OngoingWork> works) {
    return new OngoingWorkHealth(() -> works.stream().toList(), LONGEST_STEP);
  }
}
