package dev.orderflow.queryside.cache;

import com.google.common.primitives.Bytes;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * L2 in Redis. Each step is one script, but that a key asked for alone is looked at first. An entry
 * is its version in digits, the name of the value's format, and the value, with colons between
 * them. Releases with different formats share the entries: each moves them all, and reads its own.
 *
 * <p>All names contain the id of the run of the server: what was there before it started, or on the
 * one whose place it took, is never seen again. An answer counts only when the connection has not
 * been broken since that id was asked for; so a server that started meanwhile cannot have given it.
 */
final class RedisLevel<V> implements SharedLevel<V> {
  private static final Script READ = Script.named("read.lua");
  private static final Script FILL = Script.named("fill.lua");
  private static final Script WRITE = Script.named("write.lua");
  private static final int LONGEST_HEAD = 100;

  private final RedisLink link;
  private final CircuitBreaker circuitBreaker;
  private final String name;
  private final ViewFormat<V> format;
  private final CacheProperties.Shared settings;

  /**
   * @param name of the cache, the same in every release
   */
  RedisLevel(
      String name,
      RedisLink link,
      CircuitBreaker circuitBreaker,
      ViewFormat<V> format,
      CacheProperties.Shared settings) {
    this.link = link;
    this.circuitBreaker = circuitBreaker;
    this.name = name;
    this.format = format;
    this.settings = settings;
  }

  @Override
  public Map<String, Found<V>> read(Collection<String> keys, String owner)
      throws SharedLevelException {
    if (keys.size() == 1) {
      // One key is a hit nearly always, and to look at it takes no script.
      var key = keys.iterator().next();
      var kept = call(session -> await(session.commands().get(names(session, keys)[0])));
      if (kept != null) {
        return Map.of(key, found(kept));
      }
    }
    var answers =
        (List<?>)
            Objects.requireNonNull(
                run(
                    READ,
                    ScriptOutputType.MULTI,
                    keys,
                    List.of(bytes(owner), millis(settings.lease()))));
    var found = new HashMap<String, Found<V>>();
    var answer = answers.iterator();
    for (var key : keys) {
      found.put(key, found(answer.next()));
    }
    return found;
  }

  private Found<V> found(Object answer) throws SharedLevelException {
    return switch (answer) {
      case byte[] entry -> new Found.Entry<>(entry(entry));
      case Long one when one == 1 -> new Found.Leased<>();
      default -> new Found.Busy<>();
    };
  }

  private Versioned<V> entry(byte[] entry) throws SharedLevelException {
    var parts =
        new String(entry, 0, Math.min(entry.length, LONGEST_HEAD), StandardCharsets.UTF_8)
            .split(":", 3);
    if (parts.length < 3 || !parts[1].equals(format.name())) {
      throw new SharedLevelException("the entry is of another release");
    }
    try {
      var head = bytes(parts[0]).length + bytes(parts[1]).length + 2;
      return new Versioned<>(
          Long.parseLong(parts[0]), format.read(Arrays.copyOfRange(entry, head, entry.length)));
    } catch (RuntimeException e) {
      throw new SharedLevelException("the entry cannot be read: " + e);
    }
  }

  @Override
  public void fill(Map<String, Versioned<V>> loaded, String owner) throws SharedLevelException {
    var arguments = new ArrayList<byte[]>();
    arguments.add(bytes(owner));
    arguments.add(millis(settings.expiry()));
    loaded
        .values()
        .forEach(found -> {
          arguments.add(bytes(Long.toString(found.version())));
          arguments.add(kept(found));
        });
    run(FILL, ScriptOutputType.INTEGER, loaded.keySet(), arguments);
  }

  @Override
  public void write(Map<String, Versioned<V>> current) throws SharedLevelException {
    var arguments = new ArrayList<byte[]>();
    arguments.add(millis(settings.expiry()));
    arguments.add(bytes(format.channel()));
    current.forEach((key, found) -> {
      arguments.add(bytes(Long.toString(found.version())));
      arguments.add(kept(found));
      arguments.add(bytes(format.announce(new ViewFormat.Change(key, found.version()))));
    });
    run(WRITE, ScriptOutputType.INTEGER, current.keySet(), arguments);
  }

  @CanIgnoreReturnValue
  private @Nullable Object run(
      Script script, ScriptOutputType output, Collection<String> keys, List<byte[]> arguments)
      throws SharedLevelException {
    var values = arguments.toArray(byte[][]::new);
    return call(session -> {
      var names = names(session, keys);
      try {
        return await(session.commands().evalsha(script.digest(), output, names, values));
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RedisNoScriptException) {
          return await(session.commands().eval(script.text(), output, names, values));
        }
        throw e;
      }
    });
  }

  /** One or more commands, and the wait for their answers. */
  @FunctionalInterface
  private interface Call {
    @Nullable Object in(RedisLink.Session session)
        throws ExecutionException, TimeoutException, InterruptedException;
  }

  private @Nullable Object call(Call call) throws SharedLevelException {
    var session = link.session();
    if (session == null) {
      throw new SharedLevelException("Redis is not connected");
    }
    if (!circuitBreaker.tryAcquirePermission()) {
      throw new SharedLevelException("Redis has failed too often of late");
    }
    var begun = System.nanoTime();
    try {
      var answer = call.in(session);
      circuitBreaker.onSuccess(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
      if (!link.isUnbroken(session)) {
        throw new SharedLevelException("the connection to Redis was broken meanwhile");
      }
      return answer;
    } catch (ExecutionException | TimeoutException | CancellationException e) {
      circuitBreaker.onError(System.nanoTime() - begun, TimeUnit.NANOSECONDS, e);
      throw new SharedLevelException("Redis has not answered: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      circuitBreaker.releasePermission();
      throw new SharedLevelException("interrupted");
    }
  }

  private <T> @Nullable T await(RedisFuture<T> answer)
      throws ExecutionException, TimeoutException, InterruptedException {
    try {
      return answer.get(settings.timeout().toNanos(), TimeUnit.NANOSECONDS);
    } finally {
      answer.cancel(false);
    }
  }

  private String[] names(RedisLink.Session session, Collection<String> keys) {
    var prefix = "orderflow:" + name + ":" + session.run() + ":";
    return keys.stream()
        .flatMap(key -> Stream.of(prefix + "entry:" + key, prefix + "lease:" + key))
        .toArray(String[]::new);
  }

  /** Empty when there is nothing to show. */
  private byte[] kept(Versioned<V> found) {
    var value = found.value();
    return value == null
        ? new byte[0]
        : Bytes.concat(bytes(found.version() + ":" + format.name() + ":"), format.write(value));
  }

  private static byte[] millis(Duration duration) {
    return bytes(Long.toString(duration.toMillis()));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A script, and the name under which Redis knows it. */
  private record Script(String text, String digest) {
    static Script named(String file) {
      try (var in = RedisLevel.class.getResourceAsStream(file)) {
        var bytes = Objects.requireNonNull(in, file).readAllBytes();
        var digest = MessageDigest.getInstance("SHA-1").digest(bytes);
        return new Script(
            new String(bytes, StandardCharsets.UTF_8), HexFormat.of().formatHex(digest));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (NoSuchAlgorithmException everyJdkHasIt) {
        throw new IllegalStateException(everyJdkHasIt);
      }
    }
  }
}
