package dev.orderflow.commandside.publication;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.stereotype.Component;

/** Tells the publisher that events were committed, by this instance or another. */
@Component
public final class CommitSignal {
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final List<Runnable> elsewhere = new CopyOnWriteArrayList<>();
  private volatile boolean publishedHere;

  /** Calls the listener after every commit, on any instance. It must not block. */
  void onCommit(Runnable listener) {
    listeners.add(listener);
  }

  /** Calls the listener after commits that another instance has to hear of. It must not block. */
  void onCommitToTell(Runnable listener) {
    elsewhere.add(listener);
  }

  /** Whether it is this instance that publishes: then no other needs to hear of its commits. */
  void publishedHere(boolean here) {
    publishedHere = here;
  }

  /** The same, to be asked. */
  boolean isPublishedHere() {
    return publishedHere;
  }

  /** This instance has committed events, or something else that the publisher waits for. */
  public void committedHere() {
    listeners.forEach(Runnable::run);
    if (!publishedHere) {
      elsewhere.forEach(Runnable::run);
    }
  }

  /** Another instance has, or may have, committed events. */
  void committedElsewhere() {
    listeners.forEach(Runnable::run);
  }
}
