package dev.orderflow.queryside.cache;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.google.common.base.Ticker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SortedMap;
import java.util.function.Supplier;

/**
 * Instances with our cache, and around them a database, a Redis and a clock that are plain
 * collections. Whatever crosses a process's border is a step, before and after which others may
 * move.
 */
final class CacheWorld {
  static final List<String> KEYS = List.of("a", "b");
  static final int INSTANCES = 3;

  /** The longest that anything may be under way. */
  private static final long LONGEST = MILLISECONDS.toNanos(400);

  private static final CacheProperties SETTINGS =
      new CacheProperties(
          new CacheProperties.Local(100, Duration.ofSeconds(1), 100, Duration.ofSeconds(1)),
          new CacheProperties.Shared(
              Duration.ofMinutes(5),
              Duration.ofMillis(100),
              Duration.ofMillis(200),
              Duration.ofMillis(50),
              Duration.ofMillis(50),
              Duration.ofMillis(250)),
          100,
          Duration.ofSeconds(1));

  /** Of L1, of L2, and of what is under way: a load that one joins, and one's own wait. */
  private static final long BOUND =
      SETTINGS.local().expiry().toNanos()
          + 4 * SETTINGS.shared().checkInterval().toNanos()
          + 2 * LONGEST;

  private static final CacheMeters METERS = new CacheMeters(new SimpleMeterRegistry(), "test");

  private final Steps steps = new Steps();
  private final Ticker ticker =
      new Ticker() {
        @Override
        public long read() {
          return now;
        }
      };
  private final Map<String, Long> rows = new HashMap<>();
  private final Map<String, List<Long>> commits = new HashMap<>();
  private final Map<String, Owed> owed = new HashMap<>();
  private final List<Instance> instances = new ArrayList<>();
  private final Map<String, Long> announced = new HashMap<>();
  private final List<String> wrong = new ArrayList<>();
  private final SharedLevelModel redis;
  private long now;
  private long lastLook;
  private long runs;
  private boolean redisUp = true;
  private boolean loseNextAnswer;

  private record Owed(long version, long since) {}

  CacheWorld() {
    redis =
        new SharedLevelModel(
            () -> now,
            SETTINGS.shared().lease().toNanos(),
            (key, version) -> {
              announced.merge(key, version, Math::max);
              instances.stream()
                  .filter(instance -> instance.connected)
                  .forEach(instance -> instance.messages.add(new ViewFormat.Change(key, version)));
            });
    KEYS.forEach(key -> {
      rows.put(key, 0L);
      commits.put(key, new ArrayList<>(List.of(0L)));
    });
    for (var i = 0; i < INSTANCES; i++) {
      instances.add(new Instance());
      settle(i, Duration.ZERO);
    }
    steps.finish(Long.MAX_VALUE);
  }

  /** What is wrong so far. */
  List<String> wrong() {
    return wrong;
  }

  private final class Instance {
    private final LocalLevel<String> local = new LocalLevel<>(SETTINGS.local(), ticker);
    private final SharedTrust trust = new SharedTrust(ticker);
    private final SharedLevel<String> shared = new Remote();
    private final TwoLevelCache<String> cache;
    private final Settlement<String> settlement;
    private final Queue<ViewFormat.Change> messages = new ArrayDeque<>();
    private final Map<String, Long> newestAnswer = new HashMap<>();
    private final Map<String, Long> heard = new HashMap<>();
    private boolean connected = true;

    Instance() {
      var loader =
          new Loader<>(
              shared, trust, CacheWorld.this::readRows, SETTINGS, METERS, _ -> Steps.yieldStep());
      cache = new TwoLevelCache<>(local, loader, work -> steps.begin(this, now, work), METERS);
      settlement =
          new Settlement<>(
              new OwedRows(),
              CacheWorld.this::readRows,
              shared,
              trust,
              SETTINGS.shared(),
              METERS,
              ticker);
      connect();
    }

    void get(String key) {
      var asked = now;
      var before = newestAnswer.getOrDefault(key, 0L);
      var answer = cache.get(key);
      if (answer.isDone()) {
        checkHeld(key, answer.join().version());
      }
      var _ =
          answer.thenAccept(found -> {
            if (found.version() < before) {
              wrong.add("%s went back from %d to %d".formatted(key, before, found.version()));
            }
            if (found.version() < newestAt(key, asked - BOUND)) {
              wrong.add("%s is %d, too old for too long".formatted(key, found.version()));
            }
            newestAnswer.merge(key, found.version(), Math::max);
          });
    }

    /** What was in memory. */
    private void checkHeld(String key, long version) {
      if (!connected) {
        wrong.add("%s is answered from a memory that hears of no changes".formatted(key));
      }
      if (version < heard.getOrDefault(key, 0L)) {
        wrong.add(
            "%s is %d in memory, though %d was heard of".formatted(key, version, heard.get(key)));
      }
    }

    /** Somebody reads the row itself here. */
    void showRow(String key) {
      cache.seen(key, rows.get(key));
      newestAnswer.merge(key, rows.get(key), Math::max);
    }

    void settle(Duration minAge) {
      steps.begin(
          this,
          now,
          () -> {
            try {
              settlement.settle(minAge);
            } catch (SharedLevelException _) {
              // It stays owed.
            }
          });
    }

    void deliver() {
      var change = messages.poll();
      if (change != null) {
        local.heard(change.key(), change.version());
        heard.merge(change.key(), change.version(), Math::max);
      }
    }

    void disconnect() {
      connected = false;
      messages.clear();
      local.deaf();
    }

    void connect() {
      connected = true;
      local.listening();
      // What was announced before will not come any more: it counts as heard.
      heard.putAll(announced);
    }
  }

  /** Redis, at the other end of a wire. */
  private final class Remote implements SharedLevel<String> {
    @Override
    public Map<String, Found<String>> read(Collection<String> keys, String owner)
        throws SharedLevelException {
      return call(() -> redis.read(keys, owner));
    }

    @Override
    public void fill(Map<String, Versioned<String>> loaded, String owner)
        throws SharedLevelException {
      call(() -> {
        redis.fill(loaded, owner);
        return true;
      });
    }

    @Override
    public void write(Map<String, Versioned<String>> current) throws SharedLevelException {
      call(() -> {
        redis.write(current);
        return true;
      });
    }

    private <T> T call(Supplier<T> command) throws SharedLevelException {
      Steps.yieldStep();
      var run = runs;
      if (!redisUp) {
        throw new SharedLevelException("down");
      }
      var answer = command.get();
      var lost = loseNextAnswer;
      loseNextAnswer = false;
      Steps.yieldStep();
      if (lost || run != runs) {
        throw new SharedLevelException("no answer");
      }
      return answer;
    }
  }

  private Map<String, Versioned<String>> readRows(Collection<String> keys) {
    Steps.yieldStep();
    var found = new HashMap<String, Versioned<String>>();
    keys.forEach(key -> found.put(key, row(key)));
    Steps.yieldStep();
    return found;
  }

  /** Version 0 is of a key that is not there yet. */
  private Versioned<String> row(String key) {
    var version = rows.get(key);
    return version == 0 ? Versioned.nothing(0) : new Versioned<>(version, "value " + version);
  }

  private static Instant instant(long nanos) {
    return Instant.EPOCH.plusNanos(nanos);
  }

  private final class OwedRows implements OwedKeys {
    @Override
    public List<Owed> oldest(int count) {
      Steps.yieldStep();
      var found =
          owed.entrySet().stream()
              .map(row -> new Owed(row.getKey(), instant(row.getValue().since()), instant(now)))
              .sorted(Comparator.comparing(Owed::age).reversed())
              .toList();
      Steps.yieldStep();
      return found;
    }

    @Override
    public void settle(SortedMap<String, Long> versions, Instant readAfter) {
      Steps.yieldStep();
      versions.forEach((key, version) ->
          owed.computeIfPresent(
              key,
              (_, row) ->
                  row.version() <= version
                      ? null
                      : new CacheWorld.Owed(
                          row.version(),
                          Math.max(
                              row.since(), ChronoUnit.NANOS.between(Instant.EPOCH, readAfter)))));
    }
  }

  /** The newest version that was there at a time. */
  private long newestAt(String key, long time) {
    var times = commits.get(key);
    var newest = 0;
    for (var version = 0; version < times.size() && times.get(version) <= time; version++) {
      newest = version;
    }
    return newest;
  }

  void get(int instance, String key) {
    instances.get(instance).get(key);
  }

  void showRow(int instance, String key) {
    instances.get(instance).showRow(key);
  }

  /** A change and what is owed for it, in one transaction. */
  void commit(String key) {
    var version = rows.merge(key, 1L, Long::sum);
    commits.get(key).add(now);
    owed.merge(key, new Owed(version, now), (old, made) -> new Owed(version, old.since()));
  }

  void step(int which) {
    steps.step(which);
  }

  void settle(int instance, Duration minAge) {
    instances.get(instance).settle(minAge);
  }

  void deliver(int instance) {
    instances.get(instance).deliver();
  }

  /** Though nothing is broken. */
  void loseMessage(int instance) {
    instances.get(instance).messages.poll();
  }

  void disconnect(int instance) {
    instances.get(instance).disconnect();
  }

  void connect(int instance) {
    instances.get(instance).connect();
  }

  void evict(String key) {
    redis.evict(key);
  }

  void evictLease(String key) {
    redis.evictLease(key);
  }

  void flush() {
    redis.flush();
  }

  void toggleRedis() {
    redisUp = !redisUp;
  }

  void loseNextAnswer() {
    loseNextAnswer = true;
  }

  /** It comes back empty; connections break. */
  void restartRedis() {
    runs++;
    redis.flush();
    instances.forEach(Instance::disconnect);
  }

  /** The process ends where it stands; another one takes its place. */
  void crash(int instance) {
    steps.crash(instances.get(instance));
    instances.set(instance, new Instance());
  }

  /** All instances look at what is owed, as often as they do. */
  void timePasses(long millis) {
    steps.finish(now + MILLISECONDS.toNanos(millis) - LONGEST);
    now += MILLISECONDS.toNanos(millis);
    if (now - lastLook > SETTINGS.shared().checkInterval().toNanos()) {
      lastLook = now;
      for (var i = 0; i < INSTANCES; i++) {
        settle(i, SETTINGS.shared().checkInterval().multipliedBy(2));
      }
    }
  }

  /** All that is under way comes to its end. */
  void finish() {
    steps.finish(Long.MAX_VALUE);
  }

  boolean isOwed(String key) {
    return owed.containsKey(key);
  }

  long versionInRedis(String key) {
    return redis.version(key);
  }

  /** To be true at all times. */
  void checkLevels() {
    for (var key : KEYS) {
      var kept = redis.version(key);
      if (!owed.containsKey(key) && kept >= 0 && kept != rows.get(key)) {
        wrong.add(
            "L2 has %s in %d, owes nothing, and the row is %d".formatted(key, kept, rows.get(key)));
      }
    }
  }

  /** Nothing fails any more; after a while everybody sees the newest. */
  void heal() {
    redisUp = true;
    loseNextAnswer = false;
    finish();
    for (var i = 0; i < INSTANCES; i++) {
      connect(i);
      settle(i, Duration.ZERO);
    }
    finish();
    for (var instance : instances) {
      while (!instance.messages.isEmpty()) {
        instance.deliver();
      }
      for (var key : KEYS) {
        instance.get(key);
        steps.finish(Long.MAX_VALUE);
        if (!instance.newestAnswer.getOrDefault(key, 0L).equals(rows.get(key))) {
          wrong.add("%s does not become %d".formatted(key, rows.get(key)));
        }
      }
    }
    if (!owed.isEmpty()) {
      wrong.add("still owed: " + owed.keySet());
    }
  }
}
