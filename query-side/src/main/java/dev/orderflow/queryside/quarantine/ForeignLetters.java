package dev.orderflow.queryside.quarantine;

import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** Bounds what strangers' records take: nothing waits for them, and they may be any number. */
@Component
@EnableConfigurationProperties(QuarantineProperties.class)
class ForeignLetters {
  private static final Logger LOG = LoggerFactory.getLogger(ForeignLetters.class);

  private final Letters letters;
  private final Intake intake;
  private final MeterRegistry registry;
  private final int most;

  ForeignLetters(
      Letters letters, Intake intake, MeterRegistry registry, QuarantineProperties properties) {
    this.letters = letters;
    this.intake = intake;
    this.registry = registry;
    this.most = properties.maxForeign();
  }

  /** Drops the oldest of each projection that has too many, and counts them. */
  void dropOldest() {
    for (var projection : intake.projections()) {
      var dropped = letters.dropForeign(projection, most);
      registry.counter("orderflow.quarantine.dropped", "source", projection).increment(dropped);
      if (dropped > 0) {
        LOG.warn(
            "{} drops the {} oldest of more than {} records that are no events of ours",
            projection,
            dropped,
            most);
      }
    }
  }
}
