package dev.orderflow.saga.consumption;

import dev.orderflow.api.DomainEvent;
import dev.orderflow.platform.kafka.EventRecordConverter;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The types of events that a worker has no use for. Their records are told by a header, and not
 * parsed. A type that is not known here is not among them: a later release may need it.
 */
final class IgnoredTypes {
  private final Set<String> names;

  IgnoredTypes(Collection<Class<? extends DomainEvent>> types) {
    names =
        types.stream()
            .map(type -> EventRecordConverter.type(type.getName()))
            .collect(Collectors.toUnmodifiableSet());
  }

  boolean contains(ConsumerRecord<?, ?> record) {
    var header = record.headers().lastHeader("ce_type");
    return header != null
        && header.value() != null
        && names.contains(new String(header.value(), StandardCharsets.UTF_8));
  }
}
