package dev.orderflow.e2e.campaign;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.orderflow.e2e.campaign.Customer.Finished;
import dev.orderflow.e2e.campaign.Probe.Availability;
import dev.orderflow.e2e.platform.LocalPlatform;
import dev.orderflow.e2e.platform.Processes;
import dev.orderflow.e2e.shop.OrderRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What customers and operators noticed of a campaign, in figures to compare releases by. */
final class CampaignReport {
  private static final Pattern LOUD =
      Pattern.compile("^\\S+ +(WARN|ERROR) .*?\\] ([\\w.$]+) +: .*|^\\S+ (WARN|ERROR) +(\\w+) .*");
  private static final int LOUDEST = 25;
  private static final int LATEST = 8;

  /** From the last fault to the end of an order. */
  private static final Duration AIM = Duration.ofSeconds(10);

  private final List<Struck> faults = new ArrayList<>();
  private final Map<String, List<Resources>> resources = new TreeMap<>();

  private record Struck(Fault fault, Instant at, Instant over) {}

  /** An order, and the last fault that was over before it was final. */
  private record Struggled(Finished order, Struck lastFault) {
    Duration afterwards() {
      return Duration.between(lastFault.over(), order.ended());
    }

    @Override
    public String toString() {
      return "%4.1f s %s, %s, placed %s, after %s until %s"
          .formatted(
              afterwards().toMillis() / 1000.0,
              order.orderId(),
              order.paymentMethod(),
              order.placed(),
              lastFault.fault().kind(),
              lastFault.over());
    }
  }

  private record Resources(long memoryMiB, long openFiles) {
    static Resources of(long pid) {
      return new Resources(Processes.memoryMiB(List.of(pid)), Processes.openFiles(pid));
    }
  }

  void struck(Fault fault, Instant at) {
    faults.add(new Struck(fault, at, Instant.now()));
  }

  /** Notes what every process has in memory and how many files it has open. */
  void look(LocalPlatform platform) {
    platform
        .cluster()
        .pids()
        .forEach((name, pid) ->
            resources.computeIfAbsent(name, _ -> new ArrayList<>()).add(Resources.of(pid)));
  }

  void print(Collection<Finished> orders, List<Probe> probes, Path logs) {
    System.out.printf("%d faults, %d orders%n", faults.size(), orders.size());
    var byAnswer =
        new TreeMap<String, List<Finished>>(
            orders.stream()
                .collect(
                    groupingBy(one ->
                        one.paymentMethod().equals(OrderRequest.LOST_ANSWER)
                            ? "the provider's answer is lost"
                            : "the provider answers")));
    byAnswer.put("all", List.copyOf(orders));
    byAnswer.forEach((kind, some) -> {
      times(
          kind + ", placed to final",
          some.stream().map(one -> Duration.between(one.placed(), one.ended())));
      times(
          kind + ", last fault that it met to final",
          some.stream().flatMap(this::struggled).map(Struggled::afterwards));
    });
    System.out.println("latest after the last fault that they met:");
    orders.stream()
        .flatMap(this::struggled)
        .sorted(Comparator.comparing(Struggled::afterwards).reversed())
        .limit(LATEST)
        .forEach(order -> System.out.println("  " + order));
    for (var probe : probes) {
      System.out.printf(
          "probe %s: failed %s%n", probe.name(), probe.between(Instant.MIN, Instant.MAX));
      kinds(probe).forEach((kind, one) -> System.out.printf("  after %-40s %s%n", kind, one));
    }
    System.out.println("memory and open files of each process at first, at most, at last:");
    resources.forEach((name, looks) -> System.out.printf("  %-15s %s%n", name, course(looks)));
    System.out.println("loudest in the logs, lines by service, level and logger:");
    loudest(logs).forEach(line -> System.out.println("  " + line));
  }

  private static String course(List<Resources> looks) {
    return "%d %d %d MiB, %d %d %d files"
        .formatted(
            looks.getFirst().memoryMiB(),
            looks.stream().mapToLong(Resources::memoryMiB).max().orElseThrow(),
            looks.getLast().memoryMiB(),
            looks.getFirst().openFiles(),
            looks.stream().mapToLong(Resources::openFiles).max().orElseThrow(),
            looks.getLast().openFiles());
  }

  /** Nothing when no fault was over while the order was not final. */
  private Stream<Struggled> struggled(Finished order) {
    return faults.stream()
        .filter(
            fault -> fault.over().isAfter(order.placed()) && fault.over().isBefore(order.ended()))
        .max(Comparator.comparing(Struck::over))
        .map(fault -> new Struggled(order, fault))
        .stream();
  }

  private static void times(String name, Stream<Duration> times) {
    var sorted = times.sorted().toList();
    if (!sorted.isEmpty()) {
      System.out.printf(
          "%s: median %.1f s, 99 of 100 %.1f s, worst %.1f s; %d of %d within %d s%n",
          name,
          sorted.get(sorted.size() / 2).toMillis() / 1000.0,
          sorted.get(sorted.size() * 99 / 100).toMillis() / 1000.0,
          sorted.getLast().toMillis() / 1000.0,
          sorted.stream().filter(time -> time.compareTo(AIM) <= 0).count(),
          sorted.size(),
          AIM.toSeconds());
    }
  }

  /** An outage belongs to the fault that came last before it. */
  private TreeMap<String, Availability> kinds(Probe probe) {
    var kinds = new TreeMap<String, List<Availability>>();
    for (var i = 0; i < faults.size(); i++) {
      var from = faults.get(i).at();
      var to = i + 1 < faults.size() ? faults.get(i + 1).at() : Instant.MAX;
      kinds
          .computeIfAbsent(faults.get(i).fault().kind(), _ -> new ArrayList<>())
          .add(probe.between(from, to));
    }
    var together = new TreeMap<String, Availability>();
    kinds.forEach((kind, parts) -> together.put(kind, Availability.of(parts)));
    return together;
  }

  private static List<String> loudest(Path logs) {
    try (var files = Files.list(logs)) {
      return files
          .flatMap(file -> kindsOfLines(file).stream())
          .collect(groupingBy(kind -> kind, counting()))
          .entrySet()
          .stream()
          .sorted((one, other) -> Long.compare(other.getValue(), one.getValue()))
          .limit(LOUDEST)
          .map(one -> "%6d %s".formatted(one.getValue(), one.getKey()))
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static List<String> kindsOfLines(Path file) {
    var service = file.getFileName().toString().replaceFirst("(-\\d+)?\\.log.*", "");
    try (var lines = Files.lines(file)) {
      return lines
          .map(LOUD::matcher)
          .filter(match -> match.matches())
          .map(match ->
              match.group(1) != null
                  ? service + " " + match.group(1) + " " + match.group(2)
                  : service + " " + match.group(3) + " " + match.group(4))
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
