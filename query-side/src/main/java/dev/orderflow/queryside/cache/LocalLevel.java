package dev.orderflow.queryside.cache;

import com.google.common.base.Ticker;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.util.concurrent.Striped;
import java.time.Duration;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/**
 * L1: the memory of this instance. Beside what it holds it marks for each key the newest version it
 * has heard of and the newest it has answered. Nothing older than the one is held, and nothing
 * older than the other is answered.
 *
 * <p>Guava's own loading is not used: a load that is under way when its key is invalidated would
 * survive (Guava issue 1881).
 */
final class LocalLevel<V> {
  /**
   * How long marks last: longer than anything older can still be on its way, for loads that take
   * longer than half of it are refused.
   */
  static final Duration MEMORY = Duration.ofSeconds(30);

  private static final int STRIPES = 256;

  private final Cache<String, Held<V>> known;
  private final Cache<String, Held<V>> unknown;
  private final Cache<String, Mark> marks;
  private final Striped<Lock> locks = Striped.lock(STRIPES);
  private final CacheProperties.Local settings;
  private final Ticker ticker;
  private final Mark none;

  LocalLevel(CacheProperties.Local settings, Ticker ticker) {
    this.settings = settings;
    this.ticker = ticker;
    this.known = bounded(settings.size(), settings.expiry());
    this.unknown = bounded(settings.unknownSize(), settings.unknownExpiry());
    this.marks = CacheBuilder.newBuilder().ticker(ticker).expireAfterWrite(MEMORY).build();
    this.none = new Mark(0, 0, ticker.read());
  }

  private <T> Cache<String, T> bounded(long size, Duration expiry) {
    return CacheBuilder.newBuilder()
        .ticker(ticker)
        .maximumSize(size)
        .expireAfterWrite(expiry)
        .build();
  }

  /**
   * @param heard the newest version known to exist; at least {@code answered}
   * @param answered the newest version that was answered
   * @param since when it became so, on the ticker
   */
  private record Mark(long heard, long answered, long since) {}

  /**
   * @param until on the ticker
   */
  private record Held<V>(Versioned<V> found, long until) {}

  /** What is held. */
  @Nullable Versioned<V> get(String key) {
    var held = known.getIfPresent(key);
    if (held == null) {
      held = unknown.getIfPresent(key);
    }
    return held != null && ticker.read() - held.until() < 0 ? held.found() : null;
  }

  /** Whether something newer was heard of or answered since a load began: nobody may join it. */
  boolean isOvertaken(String key, long begun) {
    return markOf(key).since() - begun > 0;
  }

  /**
   * Offers what L2 had.
   *
   * @param begun a time before it was asked for, on the ticker
   * @return whether it may be answered, as nothing newer was heard of
   */
  boolean offerShared(String key, Versioned<V> found, long begun) {
    return offer(key, found, begun, false);
  }

  /**
   * Offers a row. If it was read after the marks were made it is the truth, also where it is older:
   * then a message was wrong, or the database has lost something.
   *
   * @param begun a time before it was read, on the ticker
   * @return whether it may be answered, as nothing newer was answered meanwhile
   */
  boolean offerRow(String key, Versioned<V> found, long begun) {
    return offer(key, found, begun, true);
  }

  private boolean offer(String key, Versioned<V> found, long begun, boolean isRow) {
    var lock = locks.get(key);
    lock.lock();
    try {
      var now = ticker.read();
      var mark = markOf(key);
      var isTruth = isRow && mark.since() - begun < 0;
      var least = isTruth ? 0 : isRow ? mark.answered() : mark.heard();
      if (found.version() < least || now - begun > MEMORY.toNanos() / 2) {
        return false;
      }
      var heard = isTruth ? found.version() : Math.max(mark.heard(), found.version());
      remember(key, mark, new Mark(heard, found.version(), now));
      if (found.version() == heard) {
        hold(key, found, begun);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** The key has changed. What is older is dropped. */
  void heard(String key, long version) {
    raise(key, version, 0);
  }

  /** This version was answered, without being asked here. What is older is dropped. */
  void seen(String key, long version) {
    raise(key, version, version);
  }

  private void raise(String key, long heard, long answered) {
    var lock = locks.get(key);
    lock.lock();
    try {
      var mark = markOf(key);
      remember(
          key,
          mark,
          new Mark(
              Math.max(mark.heard(), heard), Math.max(mark.answered(), answered), ticker.read()));
      drop(known, key, heard);
      drop(unknown, key, heard);
    } finally {
      lock.unlock();
    }
  }

  private static <V> void drop(Cache<String, Held<V>> from, String key, long below) {
    var held = from.getIfPresent(key);
    if (held != null && held.found().version() < below) {
      from.invalidate(key);
    }
  }

  /** Its time counts from when the load began. */
  private void hold(String key, Versioned<V> found, long begun) {
    var shown = found.value() != null;
    var expiry = shown ? settings.expiry() : settings.unknownExpiry();
    (shown ? known : unknown).put(key, new Held<>(found, begun + expiry.toNanos()));
    (shown ? unknown : known).invalidate(key);
  }

  /**
   * A mark that says nothing new stays as it is; of unknown keys, of which there is no end, none.
   */
  private void remember(String key, Mark before, Mark mark) {
    if (mark.heard() != before.heard() || mark.answered() != before.answered()) {
      marks.put(key, mark);
    }
  }

  private Mark markOf(String key) {
    var mark = marks.getIfPresent(key);
    return mark == null ? none : mark;
  }

  long size() {
    return known.size() + unknown.size();
  }
}
