package dev.orderflow.commandside.eventstore;

import java.util.Map;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/** Where the streams of the command that is being handled ended when it got its turn. */
public final class KnownHeads {
  private static final String RESOURCE = KnownHeads.class.getName();

  private final Map<String, Long> sequences;

  /**
   * @param sequences by stream; one without events is missing
   */
  KnownHeads(Map<String, Long> sequences) {
    this.sequences = Map.copyOf(sequences);
  }

  void keepIn(UnitOfWork<?> unitOfWork) {
    unitOfWork.resources().put(RESOURCE, this);
  }

  /**
   * Those of the command that this thread handles.
   *
   * @throws IllegalStateException when it handles none
   */
  public static KnownHeads current() {
    KnownHeads heads = CurrentUnitOfWork.get().getResource(RESOURCE);
    if (heads == null) {
      throw new IllegalStateException("not in the turn of a command");
    }
    return heads;
  }

  /** Whether the stream had an event. */
  public boolean exists(String streamId) {
    return sequences.containsKey(streamId);
  }

  /** The sequence of the last event; null when the stream had none. */
  @Nullable Long of(String streamId) {
    return sequences.get(streamId);
  }
}
