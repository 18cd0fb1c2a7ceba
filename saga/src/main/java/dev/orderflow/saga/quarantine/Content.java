package dev.orderflow.saga.quarantine;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What cannot proceed, complete enough to be sent on as it was. It is stored as JSON. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = KeptRecord.class, name = "record"),
  @JsonSubTypes.Type(value = KeptTask.class, name = "task")
})
public sealed interface Content permits KeptRecord, KeptTask {
  /** Tells it from all others: the same again is kept once. */
  String identity();

  /** What it says, for a person. */
  String payload();
}
