package dev.orderflow.queryside.rebuild;

import dev.orderflow.platform.consumption.PollListener;
import dev.orderflow.platform.consumption.Subscription;
import dev.orderflow.platform.consumption.TransientFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads topics to their ends, whatever their consumer group has read of them: partitions of one
 * number, and so everything under one key, by one thread.
 */
final class Replay implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Replay.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final CloseOptions CLOSE = CloseOptions.timeout(Duration.ofSeconds(1));
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

  /** Reads to where the ends are now, in the background and through outages. */
  CompletableFuture<Void> toTheEnds() {
    reading =
        CompletableFuture.allOf(
            parts.stream()
                .map(part -> CompletableFuture.runAsync(part::throughOutages, THREADS))
                .toArray(CompletableFuture[]::new));
    return reading;
  }

  /** Where the topics end now. */
  Map<TopicPartition, Long> ends() {
    var ends = new HashMap<TopicPartition, Long>();
    parts.forEach(part -> ends.putAll(part.ends()));
    return ends;
  }

  /**
   * Reads to these ends and no further, on the caller's thread and in its transaction, after which
   * {@link #goBack} may follow.
   */
  void readTo(Map<TopicPartition, Long> ends) {
    parts.forEach(part -> part.readHere(ends));
  }

  /** How many records were read, from the first there ever was, and taken in. */
  long position() {
    return sum(part -> part.position);
  }

  /**
   * How many are to come; to be asked while nothing is read.
   *
   * @throws KafkaException when Kafka does not answer
   */
  long lag() {
    return sum(Part::lag);
  }

  private long sum(ToLongFunction<Part> number) {
    return parts.stream().mapToLong(number).sum();
  }

  /** Forgets what was last read in the caller's transaction, if anything was: it is read again. */
  void goBack() {
    parts.forEach(Part::goBack);
  }

  /** Reads no further, and waits for what is under way. */
  @Override
  public void close() {
    stopped = true;
    reading.handle((_, _) -> true).join();
    parts.forEach(Part::close);
  }

  private final class Part {
    private final Consumer<String, byte[]> consumer;
    private final Subscription subscription;
    private final PollListener listener;
    private final Map<TopicPartition, Long> before = new HashMap<>();
    private volatile long position;

    Part(Consumer<String, byte[]> consumer, Subscription subscription, PollListener listener) {
      this.consumer = consumer;
      this.subscription = subscription;
      this.listener = listener;
    }

    void throughOutages() {
      var left = true;
      while (left && !stopped) {
        try {
          readTo(ends());
          left = false;
        } catch (RuntimeException e) {
          if (!TransientFailure.caused(e) && !(e instanceof RetriableException)) {
            stopped = true;
            throw e;
          }
          LOG.warn("A replay waits: {}", e.getMessage());
          LockSupport.parkNanos(PAUSE.toNanos());
        }
      }
    }

    void readHere(Map<TopicPartition, Long> ends) {
      try {
        before.putAll(positions());
        readTo(ends);
      } catch (RuntimeException e) {
        // The others need not go on: everything is to be begun again.
        stopped = true;
        throw e;
      }
    }

    private void readTo(Map<TopicPartition, Long> ends) {
      while (!stopped && lag(ends) > 0) {
        takeOne(ends);
        position = positions().values().stream().mapToLong(Long::longValue).sum();
      }
    }

    private void takeOne(Map<TopicPartition, Long> ends) {
      var unread = positions();
      try {
        var records = upTo(ends, consumer.poll(POLL));
        if (!records.isEmpty()) {
          listener.accept(subscription, records);
        }
      } catch (RuntimeException e) {
        unread.forEach(consumer::seek);
        throw e;
      }
    }

    /** What came in later is left to be read the next time. */
    private List<ConsumerRecord<String, byte[]>> upTo(
        Map<TopicPartition, Long> ends, ConsumerRecords<String, byte[]> poll) {
      var records = new ArrayList<ConsumerRecord<String, byte[]>>();
      for (var partition : poll.partitions()) {
        long end = Objects.requireNonNull(ends.get(partition));
        for (var one : poll.records(partition)) {
          if (one.offset() < end) {
            records.add(one);
          }
        }
        if (consumer.position(partition) > end) {
          consumer.seek(partition, end);
        }
      }
      return records;
    }

    private Map<TopicPartition, Long> positions() {
      return consumer.assignment().stream()
          .collect(Collectors.toMap(one -> one, consumer::position));
    }

    void goBack() {
      before.forEach(consumer::seek);
      before.clear();
      stopped = false;
    }

    void close() {
      try {
        consumer.close(CLOSE);
      } catch (KafkaException e) {
        LOG.debug("A replay was not closed in order", e);
      }
    }

    Map<TopicPartition, Long> ends() {
      return consumer.endOffsets(consumer.assignment());
    }

    long lag() {
      return lag(ends());
    }

    private long lag(Map<TopicPartition, Long> ends) {
      return consumer.assignment().stream()
          .mapToLong(
              one -> Math.max(0, Objects.requireNonNull(ends.get(one)) - consumer.position(one)))
          .sum();
    }
  }
}
