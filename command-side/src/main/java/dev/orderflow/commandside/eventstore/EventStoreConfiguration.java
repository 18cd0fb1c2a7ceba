package dev.orderflow.commandside.eventstore;

import static java.util.stream.Collectors.toMap;

import dev.orderflow.api.EventRevision;
import dev.orderflow.commandside.catalog.model.Product;
import dev.orderflow.commandside.catalog.model.ProductState;
import dev.orderflow.commandside.inventory.model.InventoryItem;
import dev.orderflow.commandside.inventory.model.InventoryItemState;
import dev.orderflow.commandside.ordering.model.Order;
import dev.orderflow.commandside.payment.model.Payment;
import dev.orderflow.platform.serialization.EventJson;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.axonframework.commandhandling.AnnotationCommandHandlerAdapter;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.axonframework.common.lock.NullLockFactory;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventsourcing.AggregateFactory;
import org.axonframework.eventsourcing.AggregateSnapshotter;
import org.axonframework.eventsourcing.EventCountSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.GenericAggregateFactory;
import org.axonframework.eventsourcing.SnapshotTriggerDefinition;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.messaging.annotation.ClasspathParameterResolverFactory;
import org.axonframework.messaging.annotation.MultiParameterResolverFactory;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.axonframework.messaging.annotation.SimpleResourceParameterResolverFactory;
import org.axonframework.modelling.command.AggregateAnnotationCommandHandler;
import org.axonframework.modelling.command.inspection.AnnotatedAggregateMetaModelFactory;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Axon's event store on PostgreSQL, the repositories on top of it, and the command bus. */
@Configuration(proxyBeanMethods = false)
class EventStoreConfiguration {
  private static final String UNIQUE_VIOLATION = "23505";

  /** By the type of a snapshot; others are passed over, and made anew from the events. */
  private static final Map<String, String> SNAPSHOT_REVISIONS =
      Stream.of(ProductState.class, InventoryItemState.class)
          .collect(toMap(Class::getName, EventStoreConfiguration::revisionOf));

  /** Above {@code transaction_timeout}: a commit that is still possible is never given up. */
  private static final int GAP_TIMEOUT_MS = 60_000;

  /** Ticks in what every store and every reader of ours can keep. */
  @Bean
  Clock clock() {
    return Clock.tickMillis(ZoneOffset.UTC);
  }

  @Bean
  TransactionManager axonTransactions(PlatformTransactionManager transactions) {
    return new SpringTransactionManager(transactions);
  }

  @Bean
  ConnectionProvider axonConnections(DataSource dataSource) {
    return new UnitOfWorkAwareConnectionProviderWrapper(
        new SpringDataSourceConnectionProvider(dataSource));
  }

  @Bean
  EventStorageEngine eventStorageEngine(
      Serializer eventSerializer, ConnectionProvider connections, TransactionManager transactions) {
    return JdbcEventStorageEngine.builder()
        .eventSerializer(eventSerializer)
        .snapshotSerializer(eventSerializer)
        .upcasterChain(EventJson.upcasters())
        .connectionProvider(connections)
        .transactionManager(transactions)
        .gapTimeout(GAP_TIMEOUT_MS)
        .persistenceExceptionResolver(EventStoreConfiguration::isUniqueViolation)
        .snapshotFilter(EventStoreConfiguration::isCurrent)
        .schema(
            EventSchema.builder()
                .eventTable("domain_event")
                .snapshotTable("snapshot_event")
                .globalIndexColumn("global_index")
                .eventIdentifierColumn("event_id")
                .aggregateIdentifierColumn("aggregate_id")
                .sequenceNumberColumn("sequence_number")
                .typeColumn("type")
                .payloadTypeColumn("payload_type")
                .payloadRevisionColumn("payload_revision")
                .payloadColumn("payload")
                .metaDataColumn("metadata")
                .timestampColumn("recorded_at")
                .build())
        .build();
  }

  private static boolean isUniqueViolation(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && UNIQUE_VIOLATION.equals(sql.getSQLState())) {
        return true;
      }
    }
    return false;
  }

  private static String revisionOf(Class<?> snapshot) {
    return Integer.toString(snapshot.getAnnotation(EventRevision.class).value());
  }

  private static boolean isCurrent(DomainEventData<?> snapshot) {
    var payload = snapshot.getPayload().getType();
    var current = SNAPSHOT_REVISIONS.get(payload.getName());
    return current != null && current.equals(payload.getRevision());
  }

  @Bean
  CommitSignal commitSignal() {
    return new CommitSignal();
  }

  @Bean
  CommitNotifications commitNotifications(JdbcConnectionDetails database, CommitSignal signal) {
    return new CommitNotifications(database, signal);
  }

  @Bean
  EventStore eventStore(EventStorageEngine engine, CommitSignal signal) {
    return new SignallingEventStore(engine, signal);
  }

  @Bean
  StreamHeads streamHeads(JdbcClient jdbc) {
    return new StreamHeads(jdbc);
  }

  @Bean
  LastEventReader lastEventReader(EventStorageEngine engine) {
    return new LastEventReader(engine);
  }

  @Bean
  ParameterResolverFactory handlerParameters(Clock clock) {
    return MultiParameterResolverFactory.ordered(
        ClasspathParameterResolverFactory.forClass(EventStoreConfiguration.class),
        new SimpleResourceParameterResolverFactory(List.of(clock)));
  }

  @Bean
  SnapshotTriggerDefinition snapshots(
      EventStore store,
      TransactionManager transactions,
      ParameterResolverFactory parameters,
      EventStoreProperties properties) {
    var builder = AggregateSnapshotter.builder();
    builder
        .aggregateFactories(
            factory(Product.class, parameters), factory(InventoryItem.class, parameters))
        .parameterResolverFactory(parameters)
        .eventStore(store)
        .transactionManager(transactions)
        .executor(task -> Thread.ofVirtual().name("snapshot").start(task));
    return new EventCountSnapshotTriggerDefinition(
        new StateSnapshotter(builder), properties.snapshotEvery());
  }

  private static <T> AggregateFactory<T> factory(
      Class<T> type, ParameterResolverFactory parameters) {
    return new GenericAggregateFactory<>(
        AnnotatedAggregateMetaModelFactory.inspectAggregate(type, parameters));
  }

  @Bean
  EventSourcingRepository<Product> products(
      EventStore store,
      ParameterResolverFactory parameters,
      SnapshotTriggerDefinition snapshots,
      EventStoreProperties properties) {
    return new CachingRepository<>(
        repository(Product.class, store, parameters).snapshotTriggerDefinition(snapshots),
        store,
        properties.cachedAggregates());
  }

  @Bean
  EventSourcingRepository<InventoryItem> inventoryItems(
      EventStore store,
      ParameterResolverFactory parameters,
      SnapshotTriggerDefinition snapshots,
      EventStoreProperties properties) {
    return new CachingRepository<>(
        repository(InventoryItem.class, store, parameters).snapshotTriggerDefinition(snapshots),
        store,
        properties.cachedAggregates());
  }

  @Bean
  EventSourcingRepository<Order> orders(EventStore store, ParameterResolverFactory parameters) {
    return repository(Order.class, store, parameters).build();
  }

  @Bean
  EventSourcingRepository<Payment> payments(EventStore store, ParameterResolverFactory parameters) {
    return repository(Payment.class, store, parameters).build();
  }

  @Bean
  AggregateReader<Order> orderReader(EventStore store, ParameterResolverFactory parameters) {
    return reader(Order.class, store, parameters);
  }

  @Bean
  AggregateReader<Payment> paymentReader(EventStore store, ParameterResolverFactory parameters) {
    return reader(Payment.class, store, parameters);
  }

  private static <T> AggregateReader<T> reader(
      Class<T> type, EventStore store, ParameterResolverFactory parameters) {
    return new AggregateReader<>(repository(type, store, parameters).build());
  }

  /** Commands hold the locks of their streams already when they get to a repository. */
  private static <T> EventSourcingRepository.Builder<T> repository(
      Class<T> type, EventStore store, ParameterResolverFactory parameters) {
    return EventSourcingRepository.builder(type)
        .eventStore(store)
        .lockFactory(NullLockFactory.INSTANCE)
        .parameterResolverFactory(parameters);
  }

  @Bean
  CommandBus commandBus(
      TransactionManager transactions,
      ParameterResolverFactory parameters,
      List<CommandHandlers> handlers,
      TakeTurn takeTurn,
      EventSourcingRepository<Product> products,
      EventSourcingRepository<InventoryItem> inventoryItems,
      EventSourcingRepository<Order> orders,
      EventSourcingRepository<Payment> payments) {
    var bus = SimpleCommandBus.builder().transactionManager(transactions).build();
    bus.registerHandlerInterceptor(takeTurn);
    subscribe(bus, Product.class, products, parameters);
    subscribe(bus, InventoryItem.class, inventoryItems, parameters);
    subscribe(bus, Order.class, orders, parameters);
    subscribe(bus, Payment.class, payments, parameters);
    handlers.forEach(
        handler -> new AnnotationCommandHandlerAdapter<>(handler, parameters).subscribe(bus));
    return bus;
  }

  private static <T> void subscribe(
      CommandBus bus,
      Class<T> type,
      EventSourcingRepository<T> repository,
      ParameterResolverFactory parameters) {
    AggregateAnnotationCommandHandler.<T>builder()
        .aggregateType(type)
        .repository(repository)
        .parameterResolverFactory(parameters)
        .commandTargetResolver(new CommandTargets())
        .build()
        .subscribe(bus);
  }

  @Bean
  TakeTurn takeTurn(JdbcClient jdbc, StreamHeads heads) {
    return new TakeTurn(jdbc, heads);
  }

  @Bean
  Commands commands(CommandBus bus, CommandProperties properties) {
    return new Commands(bus, properties);
  }
}
