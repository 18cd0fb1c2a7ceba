package dev.orderflow.commandside.commands;

import dev.orderflow.platform.overview.Check;
import dev.orderflow.platform.overview.MeterValues;
import dev.orderflow.platform.overview.Series;
import dev.orderflow.platform.overview.Shown;
import dev.orderflow.platform.overview.Together;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The way of commands to aggregates. */
@Configuration(proxyBeanMethods = false)
class CommandConfiguration {
  private static final int MANY_WAIT = 500;

  @Bean
  Lane lane(CommandGroups groups, CommandProperties properties, MeterRegistry meters) {
    return new Lane(groups::decide, properties, meters);
  }

  @Bean
  Shown commandsShown(MeterValues meters) {
    var waiting = meters.gauge("orderflow.commands.waiting");
    return new Shown(
        List.of(Check.amber("commands-waiting", waiting, "", MANY_WAIT, "commands-wait")),
        List.of(new Series("commands.waiting", "", Together.SUM, waiting)));
  }
}
