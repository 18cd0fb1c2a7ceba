package dev.orderflow.queryside.cache;

import com.google.common.base.Ticker;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * L1: the memory of this instance. Beside what it holds it marks for each key the newest version
 * that it has heard of or answered, and since when. Nothing older is held, and no caller is
 * answered anything older from then on.
 *
 * <p>Guava's own loading is not used: a load that is under way when its key is invalidated would
 * survive (Guava issue 1881).
 *
 * <p>What is held and its mark change together, one key after the other: that is short, and as rare
 * as loads and messages. A read takes no lock.
 */
final class LocalLevel<V> {
  /**
   * How long a mark lasts: longer than anything older can be on its way, for nobody joins a load
   * that has taken half of it.
   */
  static final Duration MEMORY = Duration.ofSeconds(30);

  private final Ticker ticker;
  private final long expiry;
  private final Cache<String, Held<V>> known;

  /** By themselves, so that keys that are made up push nothing out. */
  private final Cache<String, Held<V>> unknown;

  private final Cache<String, Mark> marks;
  private final Mark none;

  LocalLevel(CacheProperties.Local settings, Ticker ticker) {
    this.ticker = ticker;
    this.expiry = settings.expiry().toNanos();
    this.known = held(settings);
    this.unknown = held(settings);
    this.marks = CacheBuilder.newBuilder().ticker(ticker).expireAfterWrite(MEMORY).build();
    this.none = new Mark(0, ticker.read());
  }

  private Cache<String, Held<V>> held(CacheProperties.Local settings) {
    return CacheBuilder.newBuilder()
        .ticker(ticker)
        .maximumSize(settings.size())
        .expireAfterWrite(settings.expiry())
        .build();
  }

  /**
   * @param since when the version was first heard of or answered, on the ticker
   */
  private record Mark(long version, long since) {}

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

  /** Whether nobody may join a load any more: something newer was heard of or answered since. */
  boolean isOvertaken(String key, long begun) {
    return markOf(key).since() - begun > 0 || isOld(begun);
  }

  private boolean isOld(long begun) {
    return ticker.read() - begun > MEMORY.toNanos() / 2;
  }

  /**
   * Offers what L2 had.
   *
   * @param begun a time before it was asked for, on the ticker
   * @return whether it may be answered: nothing newer was heard of or answered
   */
  synchronized boolean offerShared(String key, Versioned<V> found, long begun) {
    var mark = markOf(key);
    if (found.version() < mark.version() || isOld(begun)) {
      return false;
    }
    hold(key, mark, found, begun);
    return true;
  }

  /**
   * Offers a row, which may be answered to those who wait for it. If something newer was heard of
   * or answered while it was read, it is not held. If it was read after that, it is the truth: then
   * a message was wrong, or the database has lost something.
   *
   * @param begun a time before it was read, on the ticker
   */
  synchronized void offerRow(String key, Versioned<V> row, long begun) {
    var mark = markOf(key);
    if (row.version() >= mark.version() || mark.since() - begun < 0) {
      hold(key, mark, row, begun);
    }
  }

  /** Its time counts from when the load began. */
  private void hold(String key, Mark mark, Versioned<V> found, long begun) {
    mark(key, mark, found.version());
    var shown = found.value() != null;
    (shown ? known : unknown).put(key, new Held<>(found, begun + expiry));
    (shown ? unknown : known).invalidate(key);
  }

  /** The key has this version, or a newer one. What is older is dropped. */
  synchronized void heard(String key, long version) {
    var mark = markOf(key);
    if (version > mark.version()) {
      mark(key, mark, version);
      known.invalidate(key);
      unknown.invalidate(key);
    }
  }

  /** A mark that says nothing new stays; of unknown keys, of which there is no end, is none. */
  private void mark(String key, Mark before, long version) {
    if (version != before.version()) {
      marks.put(key, new Mark(version, ticker.read()));
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
