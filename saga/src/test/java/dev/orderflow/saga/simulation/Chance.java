package dev.orderflow.saga.simulation;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Decides what happens. When its choices are used up, or it is stopped, all goes well. */
public final class Chance {
  private static final int DEEPEST = 3;

  private final Set<Coverage> seen = EnumSet.noneOf(Coverage.class);
  private Iterator<Integer> choices;
  private Runnable elsewhere = () -> {};
  private int depth;

  /** With choices of 0 or more. */
  public Chance(List<Integer> choices) {
    this.choices = choices.iterator();
  }

  /** What happens elsewhere in the middle of a call. */
  public void setElsewhere(Runnable elsewhere) {
    this.elsewhere = elsewhere;
  }

  /** A number from 0 to below the bound; 0 when all goes well. */
  public int below(int bound) {
    return choices.hasNext() ? choices.next() % bound : 0;
  }

  /** Whether something rare happens. */
  public boolean oneIn(int rarity) {
    return below(rarity) == rarity - 1;
  }

  /** Whether there is more to decide. */
  public boolean isOpen() {
    return choices.hasNext();
  }

  /** From now on all goes well. */
  public void stop() {
    choices = Collections.emptyIterator();
  }

  /** A call to another process: it may never get there, or its answer may never come. */
  public <T> T call(Supplier<T> work) {
    between();
    var answer = work.get();
    between();
    return answer;
  }

  /** The same, without an answer. */
  public void run(Runnable work) {
    between();
    work.run();
    between();
  }

  /** Between any two steps: the attempt may end, and others may go on. */
  public void between() {
    switch (below(32)) {
      case 28, 29 -> meanwhile();
      case 30 -> throw new InjectedFault.Failure();
      case 31 -> throw new InjectedFault.Crash();
      default -> {}
    }
  }

  /** Others go on here. */
  public void meanwhile() {
    if (depth < DEEPEST) {
      depth++;
      try {
        elsewhere.run();
      } finally {
        depth--;
      }
    }
  }

  /** Takes note of what chance has led to. */
  public void saw(Coverage what) {
    if (isOpen()) {
      seen.add(what);
    }
  }

  /** What chance has led to. */
  public Set<Coverage> seen() {
    return Collections.unmodifiableSet(seen);
  }
}
