package dev.orderflow.queryside.cache;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks on threads of which only one moves at a time, from one yield to the next, as the test
 * says: so that every interleaving can be tried, and tried again.
 */
final class Interleaving {
  private static final ThreadLocal<@Nullable Task> CURRENT = new ThreadLocal<>();

  private final List<Task> tasks = new ArrayList<>();
  private final Set<Object> frozen = new HashSet<>();

  /** What a task dies of when its process crashes. */
  static final class Crash extends Error {
    Crash() {
      super("crashed", null, false, false);
    }
  }

  /** Something that runs in steps. */
  final class Task {
    private final Semaphore go = new Semaphore(0);
    private final Semaphore back = new Semaphore(0);
    final Object owner;
    final long begun;
    private boolean crashed;
    private boolean ended;

    private Task(Object owner, long begun, Runnable work) {
      this.owner = owner;
      this.begun = begun;
      Thread.ofVirtual()
          .start(() -> {
            CURRENT.set(this);
            go.acquireUninterruptibly();
            try {
              if (!crashed) {
                work.run();
              }
            } catch (Crash _) {
              // As it was told.
            } finally {
              ended = true;
              back.release();
            }
          });
    }

    private void step() {
      go.release();
      back.acquireUninterruptibly();
      if (ended) {
        tasks.remove(this);
      }
    }

    private void pause() {
      back.release();
      go.acquireUninterruptibly();
      if (crashed) {
        throw new Crash();
      }
    }
  }

  /** A new task, which waits for its first step. */
  void begin(Object owner, long now, Runnable work) {
    tasks.add(new Task(owner, now, work));
  }

  /** Called by a task: others may move before it goes on. */
  static void yieldStep() {
    var task = CURRENT.get();
    if (task != null) {
      task.pause();
    }
  }

  /** Moves one of the tasks, if there is any. */
  void step(int which) {
    var moving = moving(Long.MAX_VALUE);
    if (!moving.isEmpty()) {
      moving.get(Math.floorMod(which, moving.size())).step();
    }
  }

  /** None of the owner's tasks moves until this is taken back. */
  void freeze(Object owner, boolean frozen) {
    if (frozen) {
      this.frozen.add(owner);
    } else {
      this.frozen.remove(owner);
    }
  }

  private List<Task> moving(long begunBefore) {
    return tasks.stream()
        .filter(task -> task.begun < begunBefore && !frozen.contains(task.owner))
        .toList();
  }

  /** Moves what began before this time to its end. */
  void finish(long begunBefore) {
    List<Task> old;
    while (!(old = moving(begunBefore)).isEmpty()) {
      old.forEach(Task::step);
    }
  }

  /** None of the owner's tasks goes on. */
  void crash(Object owner) {
    List.copyOf(tasks).stream()
        .filter(task -> task.owner == owner)
        .forEach(task -> {
          task.crashed = true;
          while (!task.ended) {
            task.step();
          }
        });
  }
}
