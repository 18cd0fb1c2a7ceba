package dev.orderflow.commandside.commands;

import com.google.common.base.Throwables;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.orderflow.commandside.commands.CommandHandler.Touched;
import dev.orderflow.commandside.eventstore.Aggregates;
import dev.orderflow.commandside.eventstore.EventAppendListener;
import dev.orderflow.commandside.eventstore.EventStorage;
import dev.orderflow.commandside.eventstore.EventStoreProperties;
import dev.orderflow.commandside.eventstore.RememberedAggregate;
import dev.orderflow.commandside.eventstore.StreamId;
import dev.orderflow.commandside.publication.CommitSignal;
import dev.orderflow.platform.error.Failure;
import dev.orderflow.platform.error.UnavailableException;
import dev.orderflow.platform.tracing.Traces;
import dev.orderflow.platform.tracing.Traces.OpenSpan;
import dev.orderflow.platform.tracing.Traces.Part;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Decides commands in groups: one transaction takes the locks of all streams, catches up what is
 * remembered of them, decides one command after the other in memory, and appends the events of all.
 * The method is group commit (DeWitt et al., 1984), with the decisions inside the group.
 *
 * <p>A command that fails before it has applied anything leaves nothing behind and fails alone. Any
 * other failure undoes the whole group; nothing of it is remembered, and its commands are decided
 * one by one. One thread uses it.
 */
@Component
final class CommandGroups {
  private static final Logger LOG = LoggerFactory.getLogger(CommandGroups.class);

  /** PostgreSQL keeps the locks of all transactions in a table of limited size. */
  private static final int MOST_STREAMS = 1_000;

  /** PostgreSQL's unique_violation, lock_not_available and deadlock_detected. */
  private static final Set<String> ABOUT_ONE_STREAM = Set.of("23505", "55P03", "40P01");

  private final Aggregates aggregates;
  private final EventStorage storage;
  private final StreamLocks locks;
  private final TransactionTemplate transaction;
  private final List<EventAppendListener> listeners;
  private final CommitSignal signal;
  private final Traces traces;
  private final int snapshotEvery;
  private final Cache<String, RememberedAggregate<?>> memory;
  private final List<DomainEventMessage<?>> applied = new ArrayList<>();

  CommandGroups(
      Aggregates aggregates,
      EventStorage storage,
      StreamLocks locks,
      TransactionTemplate transaction,
      List<EventAppendListener> listeners,
      CommitSignal signal,
      Traces traces,
      EventStoreProperties properties) {
    this.aggregates = aggregates;
    this.storage = storage;
    this.locks = locks;
    this.transaction = transaction;
    this.listeners = List.copyOf(listeners);
    this.signal = signal;
    this.traces = traces;
    this.snapshotEvery = properties.snapshotEvery();
    this.memory = CacheBuilder.newBuilder().maximumSize(properties.cachedAggregates()).build();
  }

  /** A command and what it touches. */
  private record Prepared(PendingCommand pending, Touched touched) {
    Stream<StreamId<?>> streams() {
      return Stream.concat(touched.written().stream(), touched.read().stream());
    }
  }

  /**
   * A group whose transaction is about to commit.
   *
   * @param answers call them when it is committed
   * @param again commands that were not decided
   */
  private record Decided(Streams work, List<Runnable> answers, List<PendingCommand> again) {}

  /** Decides the commands that are still waited for, and answers each. */
  void decide(List<PendingCommand> commands) {
    var awaited = commands.stream().filter(PendingCommand::isAwaited).toList();
    List<Prepared> all;
    try {
      all = prepare(awaited);
    } catch (Throwable failure) {
      decideOneByOne(awaited, failure);
      return;
    }
    try {
      var group = new ArrayList<Prepared>();
      var streams = new HashSet<StreamId<?>>();
      for (var prepared : all) {
        prepared.streams().forEach(streams::add);
        if (streams.size() > MOST_STREAMS && !group.isEmpty()) {
          decideTogether(group);
          group.clear();
          streams.clear();
          prepared.streams().forEach(streams::add);
        }
        group.add(prepared);
      }
      decideTogether(group);
    } catch (Throwable failure) {
      fail(awaited, failure);
    }
  }

  private List<Prepared> prepare(List<PendingCommand> commands) {
    var unknown = new HashSet<StreamId<?>>();
    var known = new HashMap<String, RememberedAggregate<?>>();
    for (var pending : commands) {
      for (var id : pending.handler().readFirst(pending.command())) {
        var remembered = memory.getIfPresent(id.value());
        if (remembered == null) {
          unknown.add(id);
        } else {
          known.put(id.value(), remembered);
        }
      }
    }
    if (!unknown.isEmpty()) {
      known.putAll(aggregates.current(unknown, _ -> null, applied::add));
      keep(known);
    }
    var first = new Streams(known, applied);
    return commands.stream()
        .map(pending -> new Prepared(pending, pending.handler().touched(pending.command(), first)))
        .toList();
  }

  private void decideTogether(List<Prepared> group) {
    if (group.isEmpty()) {
      return;
    }
    Decided decided;
    boolean changed;
    try {
      decided = traces.together("decide", parts("decide", group), () -> transact(group));
      changed = !applied.isEmpty();
    } catch (Throwable failure) {
      group.forEach(prepared -> prepared.streams().forEach(id -> memory.invalidate(id.value())));
      applied.clear();
      decideOneByOne(group.stream().map(Prepared::pending).toList(), failure);
      return;
    }
    applied.clear();
    if (changed) {
      signal.committedHere();
    }
    decided.answers().forEach(Runnable::run);
    if (group.size() == 1 && !decided.again().isEmpty()) {
      fail(List.of(group.getFirst().pending()), tryAgain(null));
    } else {
      decided.again().forEach(pending -> decide(List.of(pending)));
    }
  }

  private void decideOneByOne(List<PendingCommand> group, Throwable failure) {
    if (group.size() == 1) {
      fail(group, isAboutOneStream(failure) ? tryAgain(failure) : failure);
    } else if (isOutage(failure)) {
      fail(group, failure);
    } else {
      LOG.warn(
          "A group of {} commands has failed and is undone; each is decided alone now, so that only"
              + " the one to blame fails",
          group.size(),
          failure);
      group.forEach(pending -> decide(List.of(pending)));
    }
  }

  private static UnavailableException tryAgain(@Nullable Throwable cause) {
    return new UnavailableException("Others change the same thing right now; try again.", cause);
  }

  /** In an outage the other commands of the group would fail in the same way. */
  private static boolean isOutage(Throwable failure) {
    return !isAboutOneStream(failure) && Failure.of(failure).isTemporary();
  }

  private static boolean isAboutOneStream(Throwable failure) {
    return Throwables.getCausalChain(failure).stream()
        .anyMatch(cause ->
            cause instanceof SQLException sql
                && sql.getSQLState() != null
                && ABOUT_ONE_STREAM.contains(sql.getSQLState()));
  }

  private Decided transact(List<Prepared> group) {
    var touched = touched(group);
    return Objects.requireNonNull(
        transaction.execute(_ -> {
          locks.lock(touched);
          var ids = new ArrayList<StreamId<?>>(touched.written());
          ids.addAll(touched.read());
          var current = aggregates.current(ids, memory::getIfPresent, applied::add);
          var decided =
              new Decided(new Streams(current, applied), new ArrayList<>(), new ArrayList<>());
          group.forEach(prepared -> decide(prepared.pending(), decided));
          if (!applied.isEmpty()) {
            append(group);
            listeners.forEach(listener -> listener.appended(applied));
            touched
                .written()
                .forEach(id -> aggregates.snapshot(id, decided.work().get(id), snapshotEvery));
          }
          decided.work().writeRows();
          keep(current);
          return decided;
        }));
  }

  private void append(List<Prepared> group) {
    traces.together(
        "append",
        parts("append", group),
        () -> {
          storage.append(applied);
          return applied;
        });
  }

  private static List<Part> parts(String name, List<Prepared> group) {
    return group.stream()
        .filter(prepared -> prepared.pending().span().context() != null)
        .map(prepared ->
            new Part(
                name,
                prepared.touched().written().stream()
                    .map(StreamId::value)
                    .sorted()
                    .collect(Collectors.joining(",")),
                prepared.pending().span().context()))
        .toList();
  }

  private static Touched touched(List<Prepared> group) {
    var written = new HashSet<StreamId<?>>();
    var read = new HashSet<StreamId<?>>();
    for (var prepared : group) {
      written.addAll(prepared.touched().written());
      read.addAll(prepared.touched().read());
    }
    read.removeAll(written);
    return new Touched(Set.copyOf(written), Set.copyOf(read));
  }

  private void decide(PendingCommand pending, Decided decided) {
    if (!pending.isAwaited()) {
      return;
    }
    var before = decided.work().size();
    var eventsBefore = applied.size();
    try {
      var result = pending.handler().handle(pending.command(), decided.work());
      carryOn(pending.span(), applied.subList(eventsBefore, applied.size()));
      decided.answers().add(() -> pending.answer().complete(result));
    } catch (UnlockedStreamException e) {
      requireNothingApplied(decided.work(), before, e);
      decided.again().add(pending);
    } catch (Exception e) {
      requireNothingApplied(decided.work(), before, e);
      decided.answers().add(() -> pending.answer().completeExceptionally(e));
    }
  }

  /** The events of the command belong to its trace. */
  private static void carryOn(OpenSpan span, List<DomainEventMessage<?>> events) {
    var context = span.context();
    if (context != null) {
      events.replaceAll(event -> event.andMetaData(Map.of(Traces.TRACEPARENT, context)));
    }
  }

  private static void requireNothingApplied(Streams work, int before, Exception failure) {
    if (work.size() > before) {
      throw new IllegalStateException("failed after it had applied something", failure);
    }
  }

  private void keep(Map<String, RememberedAggregate<?>> current) {
    current.forEach((id, aggregate) -> {
      if (aggregate.exists()) {
        memory.put(id, aggregate);
      }
    });
  }

  private static void fail(Collection<PendingCommand> group, Throwable failure) {
    group.forEach(pending -> pending.answer().completeExceptionally(failure));
  }
}
