package dev.orderflow.queryside.projection;

import dev.orderflow.platform.overview.Check;
import dev.orderflow.platform.overview.MeterValues;
import dev.orderflow.platform.overview.Series;
import dev.orderflow.platform.overview.Shown;
import dev.orderflow.platform.overview.Together;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is shown of projections. */
@Configuration(proxyBeanMethods = false)
class ProjectionConfiguration {
  /** How many seconds an event may need to its place. */
  private static final int BEHIND = 10;

  @Bean
  Shown projectionsShown(List<Projection<?>> projections, MeterValues meters) {
    var checks = new ArrayList<Check>();
    var series = new ArrayList<Series>();
    for (var projection : projections) {
      var lag =
          new Series(
              "projection.lag",
              projection.name(),
              "s",
              Together.MAX,
              meters.p99("orderflow.projection.lag", "projection", projection.name()));
      series.add(lag);
      checks.add(
          Check.amber("projection-lag", lag::latest, "s", BEHIND, "projection-is-behind")
              .of(projection.name()));
    }
    return new Shown(checks, series);
  }
}
