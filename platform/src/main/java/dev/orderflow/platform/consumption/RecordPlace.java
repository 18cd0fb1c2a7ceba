package dev.orderflow.platform.consumption;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.api.Meaning;
import org.jspecify.annotations.Nullable;

/**
 * Where a record is on Kafka, for a person.
 *
 * @param topicId null where it is not known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RecordPlace(
    @Meaning("The topic's name.") String topic,
    @Meaning("The topic's id: one that was created anew has another.") @Nullable String topicId,
    @Meaning("The partition of the topic.") int partition,
    @Meaning("The place in the partition.") long offset,
    @Meaning("The record's key; none when it has none.") @Nullable String key) {}
