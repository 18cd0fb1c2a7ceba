package dev.orderflow.platform.deadletters;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What cannot proceed, complete enough to be sent on as it was. It is stored as JSON. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = KeptRecord.class, name = "record"),
  @JsonSubTypes.Type(value = KeptTask.class, name = "task")
})
public sealed interface Content permits KeptRecord, KeptTask {
  /** Tells it from all others of its source: the same again is kept once. */
  String identity();

  /** What it says, for a person: JSON as a rule. How a customer pays is hidden. */
  String payload();
}
