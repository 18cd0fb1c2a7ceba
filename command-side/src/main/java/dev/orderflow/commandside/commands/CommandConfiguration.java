package dev.orderflow.commandside.commands;

import dev.orderflow.commandside.eventstore.AggregateType;
import dev.orderflow.commandside.eventstore.Aggregates;
import dev.orderflow.commandside.eventstore.EventAppendListener;
import dev.orderflow.commandside.eventstore.EventStorage;
import dev.orderflow.commandside.eventstore.EventStoreProperties;
import dev.orderflow.commandside.publication.CommitSignal;
import dev.orderflow.platform.overview.Check;
import dev.orderflow.platform.overview.MeterValues;
import dev.orderflow.platform.overview.Series;
import dev.orderflow.platform.overview.Shown;
import dev.orderflow.platform.overview.Together;
import dev.orderflow.platform.tracing.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The way of commands to aggregates. */
@Configuration(proxyBeanMethods = false)
class CommandConfiguration {
  private static final int MANY_WAIT = 500;

  @Bean
  CommandGroups commandGroups(
      Aggregates aggregates,
      EventStorage storage,
      JdbcClient jdbc,
      TransactionTemplate transaction,
      ObjectProvider<EventAppendListener> listeners,
      CommitSignal signal,
      Traces traces,
      EventStoreProperties properties) {
    return new CommandGroups(
        aggregates,
        storage,
        new StreamLocks(jdbc),
        transaction,
        listeners.stream().toList(),
        signal::committedHere,
        traces,
        properties);
  }

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

  @Bean
  CommandHandlers commandHandlers(
      List<AggregateType<?, ?>> types,
      Aggregates aggregates,
      ObjectProvider<CommandHandler<?>> spanning) {
    return new CommandHandlers(types, aggregates, spanning.stream().toList());
  }

  @Bean
  CommandGateway commandGateway(
      Lane lane, CommandHandlers handlers, CommandProperties properties, Traces traces) {
    return new CommandGateway(lane, handlers, properties, traces);
  }
}
