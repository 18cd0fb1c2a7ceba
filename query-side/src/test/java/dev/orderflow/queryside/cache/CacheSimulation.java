package dev.orderflow.queryside.cache;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.google.common.base.Ticker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Instances with our cache, and around them a database, two servers of Redis of which each instance
 * talks to one, and clocks, that are plain collections. Whatever crosses a process's border is a
 * step, before and after which others may move; what was sent to Redis may arrive at any later
 * time.
 */
final class CacheSimulation {
  static final List<String> KEYS = List.of("a", "b");
  static final int INSTANCES = 3;
  static final int SERVERS = 2;

  /** The longest that a load may be under way in an instance that is not paused. */
  private static final long LONGEST = MILLISECONDS.toNanos(400);

  private static final CacheProperties SETTINGS =
      new CacheProperties(
          new CacheProperties.Local(100, Duration.ofSeconds(1)),
          new CacheProperties.Shared(Duration.ofSeconds(2), Duration.ofMillis(100)),
          100,
          Duration.ofSeconds(1));

  /** Of a value in L2; servers may be apart by a millisecond of rounding. */
  private static final long SHARED_BOUND =
      SETTINGS.shared().expiry().toNanos() + MILLISECONDS.toNanos(1);

  /** Of L1, of L2, and of what is under way: a load that one joins, and one's own wait. */
  private static final long BOUND =
      SHARED_BOUND + SETTINGS.local().expiry().toNanos() + 2 * LONGEST;

  private static final CacheMeters METERS = new CacheMeters(new SimpleMeterRegistry(), "test");

  private final Interleaving steps = new Interleaving();
  private final Ticker ticker =
      new Ticker() {
        @Override
        public long read() {
          return now++; // no two things happen at once
        }
      };
  private final Map<String, Long> rows = new HashMap<>();
  private final Map<String, List<Long>> commits = new HashMap<>();
  private final Set<String> locked = new HashSet<>();
  private final List<Server> servers = List.of(new Server(), new Server());
  private final List<Instance> instances = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();
  private long now;
  private long setBack;

  CacheSimulation() {
    KEYS.forEach(key -> {
      rows.put(key, 0L);
      commits.put(key, new ArrayList<>(List.of(0L)));
    });
    for (var i = 0; i < INSTANCES; i++) {
      instances.add(new Instance());
    }
  }

  /** What is wrong so far. */
  List<String> wrong() {
    return wrong;
  }

  private final class Server {
    private long offset = 1_000_000;
    private boolean up = true;
    private final RedisModel entries = new RedisModel(this::millis);

    long millis() {
      return now / 1_000_000 + offset;
    }
  }

  private final class Instance {
    private final Remote shared = new Remote();
    private final CachedView<String> view =
        new CachedView<>(
            CacheSimulation.this::readRows,
            shared,
            _ -> {},
            SETTINGS,
            METERS,
            ticker,
            work -> steps.begin(this, now, work));
    private final Map<String, Long> newestAnswer = new HashMap<>();
    private final Map<String, Long> heard = new HashMap<>();
    private long paused;
    private boolean isPaused;

    Instance() {
      view.start();
    }

    void get(String key) {
      var asked = now;
      var pausedBefore = paused;
      var least = Math.max(newestAnswer.getOrDefault(key, 0L), heard.getOrDefault(key, 0L));
      var _ =
          view.get(key)
              .thenAccept(found -> {
                if (found.version() < least) {
                  wrong.add(
                      "%s is %d, though %d was answered or heard of before the question"
                          .formatted(key, found.version(), least));
                }
                // A load that was joined may have waited for as long as the instance.
                var oldest = asked - BOUND - setBack - pausedBefore;
                if (found.version() < newestAt(key, oldest)) {
                  wrong.add("%s is %d, too old for too long".formatted(key, found.version()));
                }
                newestAnswer.merge(key, found.version(), Math::max);
              });
    }

    /** A caller reads the row itself here. */
    void showRow(String key) {
      view.seen(key, rows.get(key));
      newestAnswer.merge(key, rows.get(key), Math::max);
    }

    /** A change in a transaction, which this instance makes. */
    void change(String key) {
      if (!locked.add(key)) {
        return;
      }
      steps.begin(
          this,
          now,
          () -> {
            List<TransactionSynchronization> after;
            try {
              var version = rows.get(key) + 1;
              TransactionSynchronizationManager.initSynchronization();
              view.changed(Map.of(key, value(version)));
              after = TransactionSynchronizationManager.getSynchronizations();
              TransactionSynchronizationManager.clearSynchronization();
              Interleaving.yieldStep();
              rows.put(key, version);
              commits.get(key).add(now);
            } finally {
              locked.remove(key);
            }
            Interleaving.yieldStep();
            after.forEach(TransactionSynchronization::afterCommit);
          });
    }
  }

  /** Redis, at the other end of a wire, as {@link RedisLevel} uses it. */
  private final class Remote implements SharedLevel<String> {
    private final Queue<Runnable> sent = new ArrayDeque<>();
    private final Queue<Long> answers = new ArrayDeque<>();
    private final Queue<ViewFormat.Change> messages = new ArrayDeque<>();
    private Consumer<ViewFormat.Change> listener = _ -> {};
    private int server;
    private long time;
    private boolean loseNextAnswer;

    @Override
    public Map<String, Versioned<String>> read(Collection<String> keys) {
      Interleaving.yieldStep();
      if (!servers.get(server).up) {
        return Map.of();
      }
      var found = servers.get(server).entries.read(keys);
      var lost = loseNextAnswer;
      loseNextAnswer = false;
      Interleaving.yieldStep();
      return lost ? Map.of() : found;
    }

    @Override
    public long time() {
      return time;
    }

    @Override
    public void keep(Map<String, Versioned<String>> rows, long trueAt) {
      forward(rows, trueAt, false);
    }

    @Override
    public void announce(Map<String, Versioned<String>> rows, long trueAt) {
      forward(rows, trueAt, true);
    }

    void forward(Map<String, Versioned<String>> rows, long trueAt, boolean announced) {
      sent.add(() -> {
        var life = SETTINGS.shared().expiry().toMillis();
        answers.add(servers.get(server).entries.forward(rows, trueAt, life));
        if (announced) {
          rows.forEach((key, row) ->
              instances.stream()
                  .map(instance -> instance.shared)
                  .filter(other -> other.server == server)
                  .forEach(other -> other.messages.add(new ViewFormat.Change(key, row.version()))));
        }
      });
    }

    void arrive() {
      if (servers.get(server).up && !sent.isEmpty()) {
        sent.remove().run();
      }
    }

    void settle() {
      while (!sent.isEmpty() && servers.get(server).up) {
        arrive();
      }
      while (!answers.isEmpty()) {
        hearAnswer();
      }
    }

    void hearAnswer() {
      if (!answers.isEmpty()) {
        time = answers.remove();
      }
    }

    @Override
    public void start(Consumer<ViewFormat.Change> changes) {
      listener = changes;
    }

    @Override
    public void stop() {}
  }

  private Map<String, Versioned<String>> readRows(Collection<String> keys) {
    Interleaving.yieldStep();
    var found = new HashMap<String, Versioned<String>>();
    keys.stream()
        .filter(key -> rows.get(key) > 0)
        .forEach(key -> found.put(key, value(rows.get(key))));
    Interleaving.yieldStep();
    return found;
  }

  private static Versioned<String> value(long version) {
    return new Versioned<>(version, "value " + version);
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

  private boolean moves(int instance) {
    return !instances.get(instance).isPaused;
  }

  void get(int instance, String key) {
    if (moves(instance)) {
      instances.get(instance).get(key);
    }
  }

  void showRow(int instance, String key) {
    if (moves(instance)) {
      instances.get(instance).showRow(key);
    }
  }

  void change(int instance, String key) {
    if (moves(instance)) {
      instances.get(instance).change(key);
    }
  }

  void step(int which) {
    steps.step(which);
  }

  /** It asks what time it is there. */
  void beat(int instance) {
    instances.get(instance).shared.forward(Map.of(), 0, false);
  }

  /** It asks, and all that it has sent arrives and is answered at once. */
  void hearTheTime(int instance) {
    if (moves(instance)) {
      beat(instance);
      instances.get(instance).shared.settle();
    }
  }

  /** What one of those who wait for Redis has sent first, however long ago, is done. */
  void arrive(int which) {
    anyOf(which, instance -> !instance.shared.sent.isEmpty())
        .ifPresent(instance -> instance.shared.arrive());
  }

  void hearAnswer(int which) {
    anyOf(which, instance -> !instance.shared.answers.isEmpty())
        .ifPresent(instance -> instance.shared.hearAnswer());
  }

  private Optional<Instance> anyOf(int which, Predicate<Instance> what) {
    var all = instances.stream().filter(what).toList();
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(which % all.size()));
  }

  void loseCommand(int instance) {
    instances.get(instance).shared.sent.poll();
  }

  void loseNextAnswer(int instance) {
    instances.get(instance).shared.loseNextAnswer = true;
  }

  /** The next announcement arrives at one of those to whom some are under way. */
  void deliver(int which) {
    anyOf(which, instance -> !instance.isPaused && !instance.shared.messages.isEmpty())
        .ifPresent(to -> {
          var change = to.shared.messages.remove();
          to.shared.listener.accept(change);
          to.heard.merge(change.key(), change.version(), Math::max);
        });
  }

  void loseMessage(int instance) {
    instances.get(instance).shared.messages.poll();
  }

  /**
   * It talks to the other server from now on; others may, or may not, still talk to the old one.
   */
  void failOver(int instance) {
    instances.get(instance).shared.server ^= 1;
  }

  /** A replica takes over what the other has at this moment. */
  void replicate(int from) {
    servers.get(from ^ 1).entries.copy(servers.get(from).entries);
  }

  void evict(int server, String key) {
    servers.get(server).entries.evict(key);
  }

  void flush(int server) {
    servers.get(server).entries.flush();
  }

  void toggleServer(int server) {
    servers.get(server).up = !servers.get(server).up;
  }

  /** What it is set back counts for the bound, as a difference between the servers does. */
  void setClock(int server, long millis) {
    servers.get(server).offset += millis;
    setBack += MILLISECONDS.toNanos(Math.abs(millis));
  }

  /** Nothing moves in it until it goes on; time passes. */
  void togglePause(int instance) {
    instances.get(instance).isPaused = !instances.get(instance).isPaused;
    steps.freeze(instances.get(instance), instances.get(instance).isPaused);
  }

  /** The process ends where it stands; another one takes its place. */
  void crash(int instance) {
    steps.crash(instances.get(instance));
    instances.set(instance, new Instance());
  }

  void timePasses(long millis) {
    steps.finish(now + MILLISECONDS.toNanos(millis) - LONGEST);
    now += MILLISECONDS.toNanos(millis);
    instances.stream()
        .filter(instance -> instance.isPaused)
        .forEach(instance -> instance.paused += MILLISECONDS.toNanos(millis));
  }

  /** All that is under way comes to its end. */
  void finish() {
    steps.finish(Long.MAX_VALUE);
  }

  /** All that was sent arrives, and is answered. */
  void settle() {
    finish();
    instances.forEach(instance -> instance.shared.settle());
  }

  long versionInRedis(int server, String key) {
    var found = servers.get(server).entries.read(List.of(key)).get(key);
    return found == null ? -1 : found.version();
  }

  long newestAnswer(int instance, String key) {
    return instances.get(instance).newestAnswer.getOrDefault(key, 0L);
  }

  /** To be true at all times. */
  void checkServers() {
    for (var server : servers) {
      server
          .entries
          .read(KEYS)
          .forEach((key, found) -> {
            if (found.version() < newestAt(key, now - SHARED_BOUND - setBack)) {
              wrong.add("L2 has %s in %d for too long".formatted(key, found.version()));
            }
          });
    }
  }

  /** Nothing moves on the wires any more; when the bound is over everybody sees the newest. */
  void expire() {
    instances.forEach(instance -> {
      instance.isPaused = false;
      steps.freeze(instance, false);
    });
    finish();
    timePasses(Duration.ofNanos(BOUND + setBack).toMillis() + 1);
    for (var i = 0; i < INSTANCES; i++) {
      for (var key : KEYS) {
        get(i, key);
        finish();
        if (newestAnswer(i, key) != rows.get(key)) {
          wrong.add("%s does not become %d".formatted(key, rows.get(key)));
        }
      }
    }
  }
}
