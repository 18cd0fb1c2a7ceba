package dev.orderflow.platform.liveness;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Down when some of the work stands still. */
final class OngoingWorkHealth extends AbstractHealthIndicator {
  private static final Logger LOG = LoggerFactory.getLogger(OngoingWorkHealth.class);

  private final Supplier<List<OngoingWork>> works;
  private final Duration longestStep;

  OngoingWorkHealth(Supplier<List<OngoingWork>> works, Duration longestStep) {
    this.works = works;
    this.longestStep = longestStep;
  }

  @Override
  protected void doHealthCheck(Health.Builder health) {
    health.up();
    for (var work : works.get()) {
      var silence = work.sinceLastStep();
      if (silence.compareTo(longestStep) > 0) {
        health.down();
        health.withDetail(work.workName(), "no step for " + silence.toSeconds() + " s");
        // Probes see the status only, and the process will not be there to be asked.
        LOG.error("{} has made no step for {} s", work.workName(), silence.toSeconds());
      }
    }
  }
}
