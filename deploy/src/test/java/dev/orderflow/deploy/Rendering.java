package dev.orderflow.deploy;

import com.google.gson.JsonElement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a cluster gets, with the name of the overlay that says so. */
record Rendering(String name, Manifests manifests) {
  private static final List<Rendering> ALL = renderAll();

  /** Every overlay. Where nothing renders, the files of the first as they are written. */
  static List<Rendering> all() {
    return ALL;
  }

  /** The first one that has these words, for manifests that break a rule. */
  static Manifests with(String words) {
    return ALL.stream()
        .map(Rendering::manifests)
        .filter(manifests -> manifests.yaml().contains(words))
        .findFirst()
        .orElseThrow(() -> new AssertionError("Nowhere: " + words));
  }

  private static List<Rendering> renderAll() {
    return Kustomize.onThisMachine()
        .map(kustomize ->
            Stream.of("try", "production").map(overlay -> rendered(kustomize, overlay)).toList())
        .orElseGet(() -> List.of(new Rendering("try, as it is written", asWritten())));
  }

  private static Rendering rendered(Kustomize kustomize, String overlay) {
    var directory = ProjectFiles.KUBERNETES.resolve("overlays").resolve(overlay);
    return new Rendering(overlay, Manifests.parse(kustomize.render(directory)));
  }

  private static Manifests asWritten() {
    return Manifests.parse(
        Stream.of("base", "components/redis", "overlays/try")
            .map(ProjectFiles.KUBERNETES::resolve)
            .flatMap(directory -> ProjectFiles.filesBelow(directory, ".yaml"))
            .flatMap(file ->
                file.endsWith("kustomization.yaml")
                    ? generated(Manifests.parse(ProjectFiles.read(file)))
                    : Stream.of(ProjectFiles.read(file)))
            .collect(Collectors.joining("\n---\n")));
  }

  /** The ConfigMaps that a kustomization generates of literals. */
  private static Stream<String> generated(Manifests kustomization) {
    return kustomization.objects().stream()
        .flatMap(object -> Stream.ofNullable(object.getAsJsonArray("configMapGenerator")))
        .flatMap(generators -> generators.asList().stream())
        .map(JsonElement::getAsJsonObject)
        .filter(generator -> generator.has("literals"))
        .map(generator ->
            generator.getAsJsonArray("literals").asList().stream()
                .map(literal -> literal.getAsString().replaceFirst("=", ": "))
                .collect(
                    Collectors.joining(
                        "\n  ",
                        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: %s}\ndata:\n  "
                            .formatted(generator.get("name").getAsString()),
                        "")));
  }
}
