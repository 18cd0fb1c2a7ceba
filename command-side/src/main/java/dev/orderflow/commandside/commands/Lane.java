package dev.orderflow.commandside.commands;

import com.google.common.collect.Queues;
import dev.orderflow.platform.error.UnavailableException;
import dev.orderflow.platform.liveness.OngoingWork;
import dev.orderflow.platform.liveness.Steps;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The queue in which commands wait, and the one thread that decides them: while it commits a group,
 * the next one gathers. The queue has no bound of its own: {@link CommandGateway} limits the
 * commands in flight.
 */
final class Lane implements SmartLifecycle, OngoingWork {
  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

  /** Below that of the servers, so that it stops after them: no more commands can come then. */
  private static final int PHASE = 0;

  private static final long STOPPED_WITHIN_MS = 5_000;

  /** How often it looks whether it is to stop: an interrupt could hit a transaction. */
  private static final long LOOKS_UP_MS = 200;

  private final BlockingQueue<PendingCommand> queue = new LinkedBlockingQueue<>();
  private final Consumer<List<PendingCommand>> groups;
  private final int maxGroup;
  private final Duration linger;
  private final DistributionSummary groupSizes;
  private final Steps steps = new Steps();
  private volatile @Nullable Thread worker;

  /**
   * @param groups decides commands together, and answers each
   */
  Lane(Consumer<List<PendingCommand>> groups, CommandProperties properties, MeterRegistry meters) {
    this.groups = groups;
    this.maxGroup = properties.maxGroup();
    this.linger = properties.linger();
    this.groupSizes =
        DistributionSummary.builder("orderflow.commands.group")
            .description("commands that are decided together")
            .register(meters);
    Gauge.builder("orderflow.commands.waiting", queue, BlockingQueue::size)
        .description("commands that wait to be decided")
        .register(meters);
  }

  /**
   * Has the command decided after those before it.
   *
   * @throws UnavailableException when the lane is not running
   */
  void add(PendingCommand command) {
    queue.add(command);
    if (worker == null && queue.remove(command)) {
      throw new UnavailableException("This instance stops; try again.", null);
    }
  }

  @Override
  public void start() {
    var thread = Thread.ofPlatform().name("command-lane").unstarted(this::run);
    worker = thread;
    thread.start();
  }

  private void run() {
    var group = new ArrayList<PendingCommand>();
    var lastBegan = System.nanoTime() - linger.toNanos();
    try {
      while (worker == Thread.currentThread()) {
        steps.step();
        var next = queue.poll(LOOKS_UP_MS, TimeUnit.MILLISECONDS);
        if (next != null) {
          group.add(next);
          var left = linger.toNanos() - (System.nanoTime() - lastBegan);
          Queues.drain(queue, group, maxGroup - 1, left, TimeUnit.NANOSECONDS);
          lastBegan = System.nanoTime();
          groupSizes.record(group.size());
          groups.accept(group);
          group.clear();
        }
      }
    } catch (InterruptedException _) {
      LOG.error(
          "The lane was interrupted and decides no more commands. Liveness fails in a minute, and"
              + " this instance is restarted");
    }
  }

  @Override
  public void stop() {
    var stopping = worker;
    if (stopping == null) {
      return;
    }
    worker = null;
    try {
      stopping.join(STOPPED_WITHIN_MS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    var left = new ArrayList<PendingCommand>();
    queue.drainTo(left);
    left.forEach(pending ->
        pending
            .answer()
            .completeExceptionally(
                new UnavailableException("This instance stops; try again.", null)));
  }

  @Override
  public String workName() {
    return "command-lane";
  }

  @Override
  public Duration sinceLastStep() {
    return isRunning() ? steps.sinceLast() : Duration.ZERO;
  }

  @Override
  public boolean isRunning() {
    return worker != null;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }
}
