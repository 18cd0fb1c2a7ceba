package dev.orderflow.platform.kafka;

/**
 * What spans say of the record that they are about, in the names of OpenTelemetry (Semantic
 * Conventions for Messaging and Kafka).
 */
public final class RecordTags {
  /** The id of its event. */
  public static final String EVENT = "messaging.message.id";

  /** Its topic. */
  public static final String TOPIC = "messaging.destination.name";

  /** Its partition. */
  public static final String PARTITION = "messaging.destination.partition.id";

  /** Its place in the partition. */
  public static final String OFFSET = "messaging.kafka.offset";

  private RecordTags() {}
}
