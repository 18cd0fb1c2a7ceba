package dev.orderflow.queryside.rebuild;

import dev.orderflow.platform.consumption.PollListener;
import dev.orderflow.platform.consumption.Subscription;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.ToLongFunction;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads topics to their ends, whatever their consumer group has read of them: partitions of one
 * number, and so everything under one key, by one thread.
 */
final class Replay implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Executor THREADS = work -> Thread.ofVirtual().name("replay").start(work);

  private final List<Part> parts;
  private CompletableFuture<Void> reading = CompletableFuture.completedFuture(null);
  private volatile boolean stopped;

  /**
   * @param consumers each with its partitions, which nobody else has, and where it begins
   * @param listener takes in what is read; by several threads at once when there are several
   *     consumers
   */
  Replay(
      Collection<Consumer<String, byte[]>> consumers,
      Subscription subscription,
      PollListener listener) {
    parts = consumers.stream().map(one -> new Part(one, subscription, listener)).toList();
  }

  /** Reads to where the ends are now, in the background. */
  CompletableFuture<Void> toTheEnds() {
    reading =
        CompletableFuture.allOf(
            parts.stream()
                .map(part -> CompletableFuture.runAsync(part::toTheEnds, THREADS))
                .toArray(CompletableFuture[]::new));
    return reading;
  }

  /** Reads to where the ends are now, on the caller's thread and in its transaction. */
  void toTheEndsHere() {
    parts.forEach(Part::toTheEnds);
  }

  /** How many records were read, from the first there ever was, and taken in. */
  long position() {
    return sum(part -> part.position);
  }

  /** How many are to come; to be asked while nothing is read. */
  long lag() {
    return sum(Part::lag);
  }

  private long sum(ToLongFunction<Part> number) {
    return parts.stream().mapToLong(number).sum();
  }

  /** Remembers where it is, for {@link #goBack}. */
  void mark() {
    parts.forEach(Part::mark);
  }

  /** Forgets what was read since the mark. */
  void goBack() {
    parts.forEach(Part::goBack);
  }

  /** Reads no further, and waits for what is under way. */
  @Override
  public void close() {
    stopped = true;
    reading.handle((_, _) -> true).join();
    parts.forEach(part -> part.consumer.close());
  }

  private final class Part {
    private final Consumer<String, byte[]> consumer;
    private final Subscription subscription;
    private final PollListener listener;
    private final Map<TopicPartition, Long> marks = new HashMap<>();
    private volatile long position;

    Part(Consumer<String, byte[]> consumer, Subscription subscription, PollListener listener) {
      this.consumer = consumer;
      this.subscription = subscription;
      this.listener = listener;
    }

    void toTheEnds() {
      try {
        read();
      } catch (RuntimeException e) {
        // The others need not go on: everything is to be begun again.
        stopped = true;
        throw e;
      }
    }

    private void read() {
      var ends = consumer.endOffsets(consumer.assignment());
      while (!stopped && lag(ends) > 0) {
        var records = consumer.poll(POLL);
        if (!records.isEmpty()) {
          listener.accept(
              subscription, StreamSupport.stream(records.spliterator(), false).toList());
        }
        position = consumer.assignment().stream().mapToLong(consumer::position).sum();
      }
    }

    void mark() {
      consumer.assignment().forEach(one -> marks.put(one, consumer.position(one)));
    }

    void goBack() {
      marks.forEach(consumer::seek);
      stopped = false;
    }

    long lag() {
      return lag(consumer.endOffsets(consumer.assignment()));
    }

    private long lag(Map<TopicPartition, Long> ends) {
      return ends.entrySet().stream()
          .mapToLong(end -> Math.max(0, end.getValue() - consumer.position(end.getKey())))
          .sum();
    }
  }
}
