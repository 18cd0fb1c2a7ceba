package dev.orderflow.commandside.commands;

import dev.orderflow.commandside.eventstore.AggregateType;
import dev.orderflow.commandside.eventstore.Aggregates;
import dev.orderflow.commandside.eventstore.EventAppendListener;
import dev.orderflow.commandside.eventstore.EventStorage;
import dev.orderflow.commandside.eventstore.EventStoreProperties;
import dev.orderflow.commandside.publication.CommitSignal;
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
  @Bean
  Lane lane(
      Aggregates aggregates,
      EventStorage storage,
      JdbcClient jdbc,
      TransactionTemplate transaction,
      ObjectProvider<EventAppendListener> listeners,
      CommitSignal signal,
      EventStoreProperties eventStore,
      CommandProperties properties,
      MeterRegistry meters) {
    return new Lane(
        new CommandGroups(
            aggregates,
            storage,
            new StreamLocks(jdbc),
            transaction,
            listeners.stream().toList(),
            signal::committedHere,
            eventStore),
        properties.maxGroup(),
        meters);
  }

  @Bean
  CommandGateway commandGateway(
      Lane lane,
      List<AggregateType<?, ?>> types,
      Aggregates aggregates,
      ObjectProvider<CommandHandler<?>> spanning,
      CommandProperties properties) {
    return new CommandGateway(
        lane, new CommandHandlers(types, aggregates, spanning.stream().toList()), properties);
  }
}
