package dev.orderflow.deploy;

import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1PodTemplateSpec;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a Deployment and a StatefulSet have in common. */
record Workload(
    String name,
    @Nullable Integer replicas,
    Map<String, String> selector,
    V1PodTemplateSpec template) {
  /** The label that names a service. */
  static final String SERVICE = "app.kubernetes.io/name";

  /** The label that names a store. */
  static final String STORE = "orderflow.dev/store";

  static Workload of(V1Deployment deployment) {
    var spec = Objects.requireNonNull(deployment.getSpec());
    return new Workload(
        deployment.getMetadata().getName(),
        spec.getReplicas(),
        spec.getSelector().getMatchLabels(),
        spec.getTemplate());
  }

  static Workload of(V1StatefulSet set) {
    var spec = Objects.requireNonNull(set.getSpec());
    return new Workload(
        set.getMetadata().getName(),
        spec.getReplicas(),
        spec.getSelector().getMatchLabels(),
        spec.getTemplate());
  }

  Map<String, String> labels() {
    return template.getMetadata().getLabels();
  }

  V1PodSpec pod() {
    return Objects.requireNonNull(template.getSpec());
  }

  Stream<V1Container> containers() {
    var first = pod().getInitContainers();
    return Stream.concat(
        first == null ? Stream.of() : first.stream(), pod().getContainers().stream());
  }

  boolean isService() {
    return labels().containsKey(SERVICE);
  }

  boolean isSelectedBy(@Nullable Map<String, String> labels) {
    return labels != null && labels().entrySet().containsAll(labels.entrySet());
  }

  List<String> portNames() {
    return containers()
        .flatMap(container -> Stream.ofNullable(container.getPorts()).flatMap(List::stream))
        .map(port -> port.getName())
        .toList();
  }
}
