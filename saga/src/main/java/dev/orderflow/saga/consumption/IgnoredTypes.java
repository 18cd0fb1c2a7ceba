package dev.orderflow.saga.consumption;

import dev.orderflow.api.DomainEvent;
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
  private static final String API_PREFIX = "dev.orderflow.api.";
  private static final String CLOUD_EVENTS_PREFIX = "dev.orderflow.";

  private final Set<String> names;

  IgnoredTypes(Collection<Class<? extends DomainEvent>> types) {
    names =
        types.stream()
            .map(type -> CLOUD_EVENTS_PREFIX + type.getName().substring(API_PREFIX.length()))
            .collect(Collectors.toUnmodifiableSet());
  }

  boolean contains(ConsumerRecord<?, ?> record) {
    var header = record.headers().lastHeader("ce_type");
    return header != null
        && header.value() != null
        && names.contains(new String(header.value(), StandardCharsets.UTF_8));
  }
}
