package dev.orderflow.commandside.eventstore;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tells whoever waits for events that some were committed, by this instance or another. */
public final class CommitSignal {
  private final List<Runnable> localListeners = new CopyOnWriteArrayList<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  /** Calls the listener after every commit of this instance. It must not block. */
  void onLocalCommit(Runnable listener) {
    localListeners.add(listener);
  }

  /** Calls the listener after every commit, wherever it was. It must not block. */
  public void onCommit(Runnable listener) {
    listeners.add(listener);
  }

  /** This instance has committed events, or something else that the publisher waits for. */
  public void committedHere() {
    listeners.forEach(Runnable::run);
    localListeners.forEach(Runnable::run);
  }

  /** Another instance has, or may have, committed events. */
  void committedElsewhere() {
    listeners.forEach(Runnable::run);
  }
}
