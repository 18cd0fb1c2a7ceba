package dev.orderflow.e2e.campaign;

import static java.util.stream.Collectors.joining;

import dev.orderflow.e2e.platform.Cluster;
import dev.orderflow.e2e.platform.Processes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * Something that happens to one process, or to two at once.
 *
 * @param processes their names as in {@link Cluster#pids}
 * @param frozenFor zero when they are killed
 */
record Fault(List<String> processes, Duration frozenFor) {
  private static final Pattern INSTANCE = Pattern.compile("-\\d+$");
  private static final int LONGEST_FREEZE_MILLIS = 8_000;

  /** One in four faults hits two processes, half of all are freezes. */
  static Fault next(Random random, Cluster cluster) {
    var names = new ArrayList<>(cluster.pids().keySet());
    Collections.shuffle(names, random);
    var hit = names.subList(0, random.nextInt(4) == 0 ? 2 : 1);
    var frozenFor = random.nextBoolean() ? 1_000 + random.nextInt(LONGEST_FREEZE_MILLIS) : 0;
    return new Fault(List.copyOf(hit), Duration.ofMillis(frozenFor));
  }

  /** What happens to which kinds of processes, as in {@code kill saga}. */
  String kind() {
    return (isFreeze() ? "freeze " : "kill ")
        + processes.stream()
            .map(name -> INSTANCE.matcher(name).replaceFirst(""))
            .sorted()
            .collect(joining(" and "));
  }

  /** Returns when it is over; what was killed may not be back yet. */
  void strike(Cluster cluster) throws InterruptedException {
    // A process that is being started again right now may have died by itself.
    var pids = processes.stream().map(cluster.pids()::get).filter(Processes::isAlive).toList();
    if (isFreeze()) {
      pids.forEach(Processes::freeze);
      Thread.sleep(frozenFor);
      // The platform may have replaced it meanwhile.
      pids.stream().filter(Processes::isAlive).forEach(Processes::thaw);
    } else {
      pids.forEach(Processes::kill);
    }
  }

  private boolean isFreeze() {
    return frozenFor.isPositive();
  }
}
