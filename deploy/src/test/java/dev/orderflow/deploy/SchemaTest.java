package dev.orderflow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class SchemaTest {
  private static final ManifestRule STRICT =
      manifests ->
          manifests.objects().stream()
              .filter(StrictSchema::isKnown)
              .flatMap(object -> StrictSchema.error(object).stream());

  static final List<JsonObject> ONE_OF_EACH_KIND =
      Rendering.all().stream()
          .flatMap(rendering -> rendering.manifests().objects().stream())
          .filter(StrictSchema::isKnown)
          .collect(Collectors.toMap(StrictSchema::kindOf, object -> object, (one, other) -> one))
          .values()
          .stream()
          .toList();

  @Test
  void everyFieldIsOneOfItsKind() {
    STRICT.holds();
  }

  @ParameterizedTest
  @FieldSource("ONE_OF_EACH_KIND")
  void aMisspeltFieldIsNoticed(JsonObject object) {
    var misspelt = object.deepCopy();
    var parent = Stream.of("spec", "metadata").filter(object::has).findFirst().orElseThrow();
    var fields = misspelt.getAsJsonObject(parent);
    var field = fields.keySet().iterator().next();
    fields.add(field + "x", fields.remove(field));

    assertThat(StrictSchema.error(misspelt)).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "preStop:                   | preStopp:",
        "seconds: 5                 | second: 5",
        "failureThreshold: 60       | failureTreshold: 60",
        "failureThreshold: 60       | failureThreshold: many",
        "averageUtilization: 80     | averageUtilisation: 80",
        "maxUnavailable: 1          | maxUnavailabel: 1",
        "readOnlyRootFilesystem:    | readOnlyRootFileSystem:",
        "optional: true             | optionally: true",
        "apiVersion: autoscaling/v2 | apiVersion: autoscaling/v2beta2"
      })
  void soIsOneDeepInside(String words, String others) {
    STRICT.isBrokenBy(words, others);
  }
}
