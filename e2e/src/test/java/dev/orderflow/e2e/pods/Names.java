package dev.orderflow.e2e.pods;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.e2e.pods.RunnableManifests.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses the name of each Service stands for: a file that all pods have as {@code
 * /etc/hosts}. An alias on Docker's network would do, but cannot be taken away from a pod without
 * its connections, and a pod that is not ready keeps those.
 */
final class Names {
  /** It is written over in one go, so that no reader sees a part of it. */
  private static final int SIZE = 4096;

  private final Path file;
  private final List<Service> services;

  Names(Path file, List<Service> services) {
    this.file = file;
    this.services = services;
    tell(List.of());
  }

  Path file() {
    return file;
  }

  synchronized void tell(Collection<Pod> pods) {
    var text =
        services.stream()
            .flatMap(service -> lines(service, pods))
            .collect(joining("", "127.0.0.1 localhost\n", ""));
    assertThat(text).hasSizeLessThan(SIZE);
    try (var writer =
        Files.newByteChannel(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      writer.write(UTF_8.encode(text + "\n".repeat(SIZE - text.length())));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Stream<String> lines(Service service, Collection<Pod> pods) {
    var always = Boolean.TRUE.equals(service.spec().publishNotReadyAddresses());
    return pods.stream()
        .filter(pod -> pod.workload().isSelectedBy(service) && (pod.isReady() || always))
        .map(pod -> pod.address() + " " + service.name() + "\n");
  }
}
