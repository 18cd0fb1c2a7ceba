package dev.orderflow.standalone.platform;

import dev.orderflow.standalone.infrastructure.Infrastructure;
import dev.orderflow.standalone.infrastructure.PostgresDatabases;
import dev.orderflow.standalone.process.LogFile;
import dev.orderflow.standalone.process.Poll;
import dev.orderflow.standalone.process.ProcessEvents;
import dev.orderflow.standalone.process.ProcessSpec;
import dev.orderflow.standalone.process.SupervisedProcess;
import dev.orderflow.standalone.service.Endpoints;
import dev.orderflow.standalone.service.ServiceInstance;
import dev.orderflow.standalone.service.ServiceProcesses;
import dev.orderflow.standalone.service.Services;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All processes of one platform. They are started side by side as far as they do not need each
 * other, and stopped in the order of {@link Stage}.
 */
final class PlatformProcesses implements ProcessEvents, AutoCloseable {
  private static final Executor BLOCKING = Thread::startVirtualThread;

  private final Endpoints endpoints;
  private final Infrastructure infrastructure;
  private final ServiceProcesses services;
  private final Function<String, LogFile> logs;
  private final ClusterFile clusterFile;
  private final Poll poll;
  private final Console console;
  private final Duration restartPatience;
  private final List<Running> running = new ArrayList<>();
  private final FutureTask<@Nullable Void> closing = new FutureTask<>(this::stopAll);
  private boolean closed;

  /** When a process is stopped: before those that it depends on. */
  private enum Stage {
    FRONT_DOOR,
    SERVICES,
    BROKERS,
    DATABASE
  }

  private record Running(Stage stage, SupervisedProcess process) {}

  /** Nothing runs before {@link #start}. */
  PlatformProcesses(
      Endpoints endpoints,
      Infrastructure infrastructure,
      ServiceProcesses services,
      Function<String, LogFile> logs,
      ClusterFile clusterFile,
      Poll poll,
      Console console,
      Duration restartPatience) {
    this.endpoints = endpoints;
    this.infrastructure = infrastructure;
    this.services = services;
    this.logs = logs;
    this.clusterFile = clusterFile;
    this.poll = poll;
    this.console = console;
    this.restartPatience = restartPatience;
  }

  /** Completes when every process is ready; fails as soon as one cannot be started. */
  CompletableFuture<Void> start() {
    var parts = new ArrayList<CompletableFuture<Void>>();
    // The preparation is the longest part of a first start and needs no server.
    var prepared = new HashMap<String, CompletableFuture<Void>>();
    for (var service : Services.ALL) {
      prepared.put(service, CompletableFuture.runAsync(() -> prepare(service), BLOCKING));
    }
    parts.addAll(prepared.values());
    var postgres =
        run(Stage.DATABASE, () -> infrastructure.postgres().spec(logs.apply("postgres")))
            .thenRunAsync(this::provision, BLOCKING);
    var redis = run(Stage.BROKERS, () -> infrastructure.redis().spec(logs.apply("redis")));
    var kafka = run(Stage.BROKERS, () -> infrastructure.kafka().spec(logs.apply("kafka")));
    parts.addAll(List.of(postgres, redis, kafka));
    parts.add(
        CompletableFuture.allOf(redis, prepared.get(Services.GATEWAY))
            .thenCompose(ready -> run(Stage.FRONT_DOOR, endpoints.gateway())));
    var servers = CompletableFuture.allOf(postgres, redis, kafka);
    for (var instance : endpoints.services()) {
      parts.add(
          CompletableFuture.allOf(servers, prepared.get(instance.service()))
              .thenCompose(ready -> run(Stage.SERVICES, instance)));
    }
    return allOrFirstFailure(parts);
  }

  /**
   * Stops everything that runs, and keeps everything else from being started. A call during another
   * one waits for the same end.
   */
  @Override
  public void close() throws IOException {
    closing.run();
    try {
      closing.get();
    } catch (ExecutionException failure) {
      throw new IOException("Not everything could be stopped", failure.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("The stop was interrupted", interrupted);
    }
  }

  private @Nullable Void stopAll() throws IOException {
    List<Running> all;
    synchronized (this) {
      closed = true;
      all = List.copyOf(running);
    }
    clusterFile.withdraw();
    for (var stage : Stage.values()) {
      var stops =
          all.stream()
              .filter(one -> one.stage() == stage)
              .map(one -> one.process().stop())
              .toArray(CompletableFuture<?>[]::new);
      CompletableFuture.allOf(stops).join();
    }
    return null;
  }

  @Override
  public void started(ProcessSpec spec, ProcessHandle process) {
    clusterFile.started(spec.name(), process.pid());
  }

  @Override
  public void ready(ProcessSpec spec, Duration took, boolean again) {
    console.ready(spec, took, again);
  }

  @Override
  public void died(ProcessSpec spec, String cause, Duration delay) {
    console.died(spec, cause, delay);
  }

  @Override
  public void held(ProcessSpec spec) {
    console.held(spec);
  }

  private void prepare(String service) {
    var begin = System.nanoTime();
    if (services.prepare(service)) {
      console.done(
          service, "prepared", Duration.ofNanos(System.nanoTime() - begin), "once per build");
    }
  }

  private void provision() {
    new PostgresDatabases(infrastructure.postgres())
        .provision(Services.WITH_DATA.stream().map(Services::role).toList());
  }

  private CompletableFuture<Void> run(Stage stage, ServiceInstance instance) {
    return run(stage, () -> services.spec(instance, logs.apply(instance.name())));
  }

  private CompletableFuture<Void> run(Stage stage, Supplier<ProcessSpec> spec) {
    return CompletableFuture.supplyAsync(spec, BLOCKING).thenCompose(known -> launch(stage, known));
  }

  private synchronized CompletableFuture<Void> launch(Stage stage, ProcessSpec spec) {
    if (closed) {
      return CompletableFuture.failedFuture(new CancellationException());
    }
    var process = new SupervisedProcess(spec, poll, this, restartPatience);
    running.add(new Running(stage, process));
    return process.start();
  }

  private static CompletableFuture<Void> allOrFirstFailure(List<CompletableFuture<Void>> parts) {
    var failed = new CompletableFuture<Void>();
    for (var part : parts) {
      part.exceptionally(failure -> {
        failed.completeExceptionally(failure);
        return null;
      });
    }
    var all = CompletableFuture.allOf(parts.toArray(CompletableFuture<?>[]::new));
    return CompletableFuture.anyOf(all, failed).thenAccept(ready -> {});
  }
}
