package dev.orderflow.platform.consumption;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Where a record is on Kafka, for a person.
 *
 * @param topicId null where it is not known; a topic that was created anew has another
 * @param key null when it has none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RecordPlace(
    String topic, @Nullable String topicId, int partition, long offset, @Nullable String key) {}
