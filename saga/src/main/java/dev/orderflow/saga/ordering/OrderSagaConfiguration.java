package dev.orderflow.saga.ordering;

import dev.orderflow.platform.consumption.TopicFollower;
import dev.orderflow.platform.kafka.EventTopic;
import dev.orderflow.saga.Worker;
import dev.orderflow.saga.consumption.ConsumerGroups;
import dev.orderflow.saga.tasks.TaskQueues;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.SubscribingEventProcessor;
import org.axonframework.messaging.annotation.ClasspathParameterResolverFactory;
import org.axonframework.messaging.annotation.MultiParameterResolverFactory;
import org.axonframework.messaging.annotation.SimpleResourceParameterResolverFactory;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;
import org.axonframework.modelling.saga.AnnotatedSagaManager;
import org.axonframework.modelling.saga.repository.AnnotatedSagaRepository;
import org.axonframework.modelling.saga.repository.SagaStore;
import org.axonframework.modelling.saga.repository.jdbc.JdbcSagaStore;
import org.axonframework.modelling.saga.repository.jdbc.PostgresSagaSqlSchema;
import org.axonframework.modelling.saga.repository.jdbc.SagaSchema;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Feeds the order sagas from Kafka: a batch of events, the sagas they change and the tasks these
 * write down are one transaction.
 */
@Configuration(proxyBeanMethods = false)
class OrderSagaConfiguration {
  @Bean
  OrderTasks orderTasks(TaskQueues queues, OrderSagaProperties properties, Clock clock) {
    return new ScheduledOrderTasks(
        queues.of(Worker.ORDER_SAGA), properties.paymentDeadline(), clock);
  }

  @Bean
  SagaStore<Object> sagaStore(DataSource dataSource, Serializer eventSerializer) {
    var schema =
        new PostgresSagaSqlSchema(
            SagaSchema.builder()
                .sagaEntryTable("saga_entry")
                .associationValueEntryTable("association_value_entry")
                .sagaIdColumn("saga_id")
                .sagaTypeColumn("saga_type")
                .serializedSagaColumn("serialized_saga")
                .associationKeyColumn("association_key")
                .associationValueColumn("association_value")
                .build());
    // A deadline and an event may meet on two instances.
    schema.setExclusiveLoad(true);
    return JdbcSagaStore.builder()
        .connectionProvider(new TransactionAwareDataSourceProxy(dataSource)::getConnection)
        .serializer(eventSerializer)
        .sqlSchema(schema)
        .build();
  }

  @Bean(initMethod = "start", destroyMethod = "shutDown")
  SubscribingEventProcessor orderSagas(
      SagaStore<Object> sagaStore,
      OrderTasks tasks,
      StartedSagas startedSagas,
      OrderSagaEvents events,
      PlatformTransactionManager transactions) {
    var handlerParameters =
        MultiParameterResolverFactory.ordered(
            new SimpleResourceParameterResolverFactory(List.of(tasks, startedSagas)),
            ClasspathParameterResolverFactory.forClass(OrderSaga.class));
    var repository =
        AnnotatedSagaRepository.<OrderSaga>builder()
            .sagaType(OrderSaga.class)
            .sagaStore(sagaStore)
            .parameterResolverFactory(handlerParameters)
            .build();
    var sagas =
        AnnotatedSagaManager.<OrderSaga>builder()
            .sagaType(OrderSaga.class)
            .sagaFactory(OrderSaga::new)
            .sagaRepository(repository)
            .parameterResolverFactory(handlerParameters)
            .listenerInvocationErrorHandler(PropagatingErrorHandler.instance())
            .build();
    return SubscribingEventProcessor.builder()
        .name(Worker.ORDER_SAGA.id())
        .eventHandlerInvoker(sagas)
        .messageSource(events)
        .transactionManager(new SpringTransactionManager(transactions))
        .rollbackConfiguration(RollbackConfigurationType.ANY_THROWABLE)
        .errorHandler(PropagatingErrorHandler.instance())
        .build();
  }

  @Bean
  TopicFollower orderSagaConsumer(ConsumerGroups groups, OrderSagaEvents events) {
    return groups.join(
        Worker.ORDER_SAGA,
        List.of(EventTopic.ORDERS, EventTopic.PAYMENTS, EventTopic.PAYMENT_OUTCOMES),
        events::publish);
  }
}
