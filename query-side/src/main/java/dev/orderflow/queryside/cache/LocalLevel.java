package dev.orderflow.queryside.cache;

import com.google.common.base.Ticker;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.util.concurrent.Striped;
import java.time.Duration;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/**
 * L1: the memory of this instance. Beside what it holds it marks for each key the newest version
 * that it has heard of or answered, and since when. Nothing older is held, and whoever asks from
 * then on is answered nothing older.
 *
 * <p>Guava's own loading is not used: a load that is under way when its key is invalidated would
 * survive (Guava issue 1881).
 */
final class LocalLevel<V> {
  /**
   * How long a mark lasts: longer than anything older can be on its way, for nobody joins a load
   * that has taken half of it.
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
    this.none = new Mark(0, ticker.read());
  }

  private <T> Cache<String, T> bounded(long size, Duration expiry) {
    return CacheBuilder.newBuilder()
        .ticker(ticker)
        .maximumSize(size)
        .expireAfterWrite(expiry)
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
  boolean offerShared(String key, Versioned<V> found, long begun) {
    var lock = locks.get(key);
    lock.lock();
    try {
      var token = markOf(key);
      if (found.version() < token.version() || isOld(begun)) {
        return false;
      }
      hold(key, token, found, begun);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Offers a row, which may be answered to those who wait for it. If something newer was heard of
   * or answered while it was read, it is not held. If it was read after that, it is the truth: then
   * a message was wrong, or the database has lost something.
   *
   * @param begun a time before it was read, on the ticker
   */
  void offerRow(String key, Versioned<V> row, long begun) {
    var lock = locks.get(key);
    lock.lock();
    try {
      var token = markOf(key);
      if (row.version() >= token.version() || token.since() - begun < 0) {
        hold(key, token, row, begun);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Its time counts from when the load began. */
  private void hold(String key, Mark token, Versioned<V> found, long begun) {
    token(key, token, found.version());
    var shown = found.value() != null;
    var expiry = shown ? settings.expiry() : settings.unknownExpiry();
    (shown ? known : unknown).put(key, new Held<>(found, begun + expiry.toNanos()));
    (shown ? unknown : known).invalidate(key);
  }

  /** The key has this version, or a newer one. What is older is dropped. */
  void heard(String key, long version) {
    var lock = locks.get(key);
    lock.lock();
    try {
      var token = markOf(key);
      if (version > token.version()) {
        token(key, token, version);
        known.invalidate(key);
        unknown.invalidate(key);
      }
    } finally {
      lock.unlock();
    }
  }

  /** A mark that says nothing new stays; of unknown keys, of which there is no end, is none. */
  private void token(String key, Mark before, long version) {
    if (version != before.version()) {
      marks.put(key, new Mark(version, ticker.read()));
    }
  }

  private Mark markOf(String key) {
    var token = marks.getIfPresent(key);
    return token == null ? none : token;
  }

  long size() {
    return known.size() + unknown.size();
  }
}
