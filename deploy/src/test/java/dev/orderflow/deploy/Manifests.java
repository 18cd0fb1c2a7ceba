package dev.orderflow.deploy;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Objects for a cluster, as YAML and as what it says. The YAML has its own form, whatever it was
 * rendered by: blocks, with fields in the order of the alphabet.
 */
record Manifests(String yaml, List<JsonObject> objects) {
  static Manifests parse(String yaml) {
    var strict = new LoaderOptions();
    strict.setAllowDuplicateKeys(false);
    var documents =
        StreamSupport.stream(
                new Yaml(new SafeConstructor(strict)).loadAll(yaml).spliterator(), false)
            .filter(Objects::nonNull)
            .map(Manifests::sorted)
            .toList();
    var blocks = new DumperOptions();
    blocks.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    return new Manifests(
        new Yaml(blocks).dumpAll(documents.iterator()),
        documents.stream()
            .map(document -> new Gson().toJsonTree(document).getAsJsonObject())
            .toList());
  }

  private static Object sorted(Object value) {
    return switch (value) {
      case Map<?, ?> fields -> {
        var byName = new TreeMap<Object, Object>();
        fields.forEach((name, field) -> byName.put(name, sorted(field)));
        yield byName;
      }
      case List<?> elements -> elements.stream().map(Manifests::sorted).toList();
      default -> value;
    };
  }

  /** The same with other words in every place where the first ones are. */
  Manifests replacing(String words, String others) {
    return parse(yaml.replace(words, others));
  }

  /** The objects of one kind of Kubernetes' own. */
  <T> List<T> all(Class<T> model) {
    var kind = model.getSimpleName().replaceFirst("^V\\d+", "");
    return ofKind(kind).map(object -> JSON.<T>deserialize(object.toString(), model)).toList();
  }

  /** The objects of one kind, of Kubernetes or of an operator. */
  Stream<JsonObject> ofKind(String kind) {
    return objects.stream().filter(object -> object.get("kind").getAsString().equals(kind));
  }

  /** The names of the objects of one kind. */
  Stream<String> names(String kind) {
    return ofKind(kind).map(Manifests::nameOf);
  }

  /** What makes pods. */
  List<Workload> workloads() {
    return Stream.concat(
            all(V1Deployment.class).stream().map(Workload::of),
            all(V1StatefulSet.class).stream().map(Workload::of))
        .toList();
  }

  /** The four services. */
  List<Workload> services() {
    return workloads().stream().filter(Workload::isService).toList();
  }

  /** The labels of all pods, by name; those that an operator makes of the stores are among them. */
  Map<String, Map<String, String>> podLabels() {
    return Stream.concat(
            workloads().stream().map(workload -> Map.entry(workload.name(), workload.labels())),
            operated())
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private Stream<Map.Entry<String, Map<String, String>>> operated() {
    return Stream.concat(
        ofKind("Cluster")
            .map(cluster -> {
              var labels = labels(at(cluster, "spec", "inheritedMetadata", "labels"));
              labels.put("cnpg.io/cluster", nameOf(cluster));
              return Map.entry(Objects.requireNonNull(labels.get(Workload.STORE)), labels);
            }),
        ofKind("KafkaNodePool")
            .map(pool -> labels(at(pool, "spec", "template", "pod", "metadata", "labels")))
            .map(labels -> Map.entry(Objects.requireNonNull(labels.get(Workload.STORE)), labels)));
  }

  private static Map<String, String> labels(JsonObject labels) {
    return labels.asMap().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, label -> label.getValue().getAsString()));
  }

  private static String nameOf(JsonObject object) {
    return at(object, "metadata").get("name").getAsString();
  }

  private static JsonObject at(JsonObject object, String... path) {
    for (var key : path) {
      object = object.getAsJsonObject(key);
    }
    return object;
  }
}
