package dev.orderflow.commandside.audit;

/** Looks at the events of one group, one after another, and at last at the group as a whole. */
interface Inspection {
  void see(StoredEvent event);

  /** There are no more events in the group. */
  default void end() {}
}
