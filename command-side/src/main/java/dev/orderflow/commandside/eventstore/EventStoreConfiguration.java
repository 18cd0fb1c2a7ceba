package dev.orderflow.commandside.eventstore;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.messaging.annotation.ClasspathParameterResolverFactory;
import org.axonframework.messaging.annotation.MultiParameterResolverFactory;
import org.axonframework.messaging.annotation.SimpleResourceParameterResolverFactory;
import org.axonframework.serialization.Serializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The event store on PostgreSQL. */
@Configuration(proxyBeanMethods = false)
class EventStoreConfiguration {
  /** Above {@code transaction_timeout}: a commit that is still possible is never given up. */
  private static final int GAP_TIMEOUT_MS = 60_000;

  /** Ticks in what every store and every reader of ours can keep. */
  @Bean
  Clock clock() {
    return Clock.tickMillis(ZoneOffset.UTC);
  }

  /** It only reads, a statement at a time. */
  @Bean
  CommittedEvents committedEvents(Serializer eventSerializer, DataSource dataSource) {
    return new CommittedEvents(
        JdbcEventStorageEngine.builder()
            .eventSerializer(eventSerializer)
            .snapshotSerializer(eventSerializer)
            .connectionProvider(dataSource::getConnection)
            .transactionManager(NoTransactionManager.instance())
            .gapTimeout(GAP_TIMEOUT_MS)
            .readEventDataWithoutGaps((connection, schema, index, most) ->
                CommittedEvents.after(connection, schema, index, most, List.of()))
            .readEventDataWithGaps(CommittedEvents::after)
            .schema(
                EventSchema.builder()
                    .eventTable("domain_event")
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
                    .build()));
  }

  @Bean
  Aggregates aggregates(EventStorage storage, List<AggregateType<?, ?>> types, Clock clock) {
    return new Aggregates(
        storage,
        types,
        MultiParameterResolverFactory.ordered(
            ClasspathParameterResolverFactory.forClass(EventStoreConfiguration.class),
            new SimpleResourceParameterResolverFactory(List.of(clock))));
  }
}
