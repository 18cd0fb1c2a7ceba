package dev.orderflow.platform.consumption;

/** What a record is to us. */
public sealed interface Reading {
  /** An event of ours. */
  record Event(SequencedEvent event) implements Reading {}

  /**
   * No event of ours, and it will never be one.
   *
   * @param reason in words; holds nothing of the content
   */
  record Foreign(String reason) implements Reading {}

  /**
   * An event that a later release of ours wrote, and that only such a release can read.
   *
   * @param reason in words; holds nothing of the content
   */
  record Later(String reason) implements Reading {}
}
