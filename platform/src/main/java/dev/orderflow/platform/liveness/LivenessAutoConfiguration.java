package dev.orderflow.platform.liveness;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Makes liveness depend on work getting done: it is asked over a virtual thread, and fails when one
 * of the beans that are {@link OngoingWork} stands still. It also gives virtual threads more
 * carriers while they stand still.
 */
@AutoConfiguration
@EnableConfigurationProperties(LivenessProperties.class)
public class LivenessAutoConfiguration {
  @Bean
  SpareCarriers spareCarriers() {
    return new SpareCarriers();
  }

  @Bean
  OngoingWorkHealth ongoingWork(ObjectProvider<OngoingWork> works, LivenessProperties properties) {
    return new OngoingWorkHealth(() -> works.stream().toList(), properties.longestStep());
  }
}
