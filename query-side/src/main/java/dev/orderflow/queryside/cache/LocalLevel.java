package dev.orderflow.queryside.cache;

import com.google.common.base.Ticker;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.util.concurrent.Striped;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/**
 * L1: the memory of this instance. It answers only while changes are heard of, keeps nothing that
 * is older than the newest change it has heard of, and remembers what it has answered, so that it
 * never goes back.
 *
 * <p>Guava's own loading is not used: a load that is under way when its key is invalidated would
 * survive (Guava issue 1881).
 */
final class LocalLevel<V> {
  /**
   * How long it is remembered what was heard and answered: longer than any older value can still be
   * on its way. A load that takes longer is not accepted.
   */
  static final Duration MEMORY = Duration.ofSeconds(30);

  private static final int STRIPES = 256;
  private static final double JITTER = 0.1;
  private static final Marks NONE = new Marks(0, 0);

  private final Cache<String, Held<V>> known;
  private final Cache<String, Held<V>> unknown;
  private final Cache<String, Marks> marks;
  private final Striped<Lock> locks = Striped.lock(STRIPES);
  private final AtomicLong era = new AtomicLong();
  private final CacheProperties.Local settings;
  private final Ticker ticker;
  private volatile boolean listening;

  LocalLevel(CacheProperties.Local settings, Ticker ticker) {
    this.settings = settings;
    this.ticker = ticker;
    this.known = bounded(settings.size(), settings.expiry());
    this.unknown = bounded(settings.unknownSize(), settings.unknownExpiry());
    this.marks = CacheBuilder.newBuilder().ticker(ticker).expireAfterWrite(MEMORY).build();
  }

  private <T> Cache<String, T> bounded(long size, Duration expiry) {
    return CacheBuilder.newBuilder()
        .ticker(ticker)
        .maximumSize(size)
        .expireAfterWrite(expiry)
        .build();
  }

  /**
   * @param heard the newest version known to exist: nothing older is kept
   * @param answered the newest version that was answered: nothing older is answered
   */
  private record Marks(long heard, long answered) {}

  /**
   * @param era in which it was loaded; it does not count in another one
   * @param expiresAt on the ticker, in nanoseconds
   */
  private record Held<V>(Versioned<V> found, long era, long expiresAt) {}

  /**
   * A load begins.
   *
   * @param era in which it begins
   * @param at on the ticker, in nanoseconds
   */
  record Start(long era, long at) {}

  /** What is held, if it may be answered. */
  @Nullable Versioned<V> get(String key) {
    if (!listening) {
      return null;
    }
    var held = known.getIfPresent(key);
    if (held == null) {
      held = unknown.getIfPresent(key);
    }
    return held != null && held.era() == era.get() && ticker.read() - held.expiresAt() < 0
        ? held.found()
        : null;
  }

  /** To be called before anything is read that will be offered. */
  Start start() {
    return new Start(era.get(), ticker.read());
  }

  /**
   * Offers what was loaded. It is kept when nothing newer was heard of meanwhile.
   *
   * @param then done when it is accepted, before anybody can hear of something newer
   * @return whether it may be answered; otherwise something newer was answered already, or may have
   *     been
   */
  boolean offer(String key, Versioned<V> found, Start start, Runnable then) {
    var lock = locks.get(key);
    lock.lock();
    try {
      var mark = marksOf(key);
      var now = ticker.read();
      if (found.version() < mark.answered() || now - start.at() > MEMORY.toNanos() / 2) {
        return false;
      }
      remember(key, new Marks(mark.heard(), found.version()));
      if (found.version() >= mark.heard()) {
        keep(key, found, start);
      }
      then.run();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** The key has changed. What is older is dropped. */
  void heard(String key, long version) {
    raise(key, new Marks(version, 0));
  }

  /** This version was answered, without being asked here. What is older is dropped. */
  void seen(String key, long version) {
    raise(key, new Marks(version, version));
  }

  private void raise(String key, Marks to) {
    var lock = locks.get(key);
    lock.lock();
    try {
      var mark = marksOf(key);
      remember(
          key,
          new Marks(Math.max(mark.heard(), to.heard()), Math.max(mark.answered(), to.answered())));
      drop(known, key, to.heard());
      drop(unknown, key, to.heard());
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

  /** It is as old as its load: its time counts from when that began. */
  private void keep(String key, Versioned<V> found, Start start) {
    var shown = found.value() != null;
    var expiry = shown ? settings.expiry() : settings.unknownExpiry();
    var jitter = 1 - ThreadLocalRandom.current().nextDouble(JITTER);
    var held = new Held<>(found, start.era(), start.at() + (long) (expiry.toNanos() * jitter));
    (shown ? known : unknown).put(key, held);
    (shown ? unknown : known).invalidate(key);
  }

  private void remember(String key, Marks mark) {
    // What nobody has heard of is not worth remembering, and there is no end of it.
    if (!mark.equals(NONE)) {
      marks.put(key, mark);
    }
  }

  private Marks marksOf(String key) {
    var mark = marks.getIfPresent(key);
    return mark == null ? NONE : mark;
  }

  /** Changes are heard of from now on. What was loaded before may have missed one. */
  void listening() {
    forget();
    listening = true;
  }

  /** Changes are not heard of any more: nothing is answered from here. */
  void deaf() {
    listening = false;
    forget();
  }

  boolean isListening() {
    return listening;
  }

  private void forget() {
    era.incrementAndGet();
    known.invalidateAll();
    unknown.invalidateAll();
  }

  long size() {
    return known.size() + unknown.size();
  }
}
