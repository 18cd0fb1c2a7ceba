package dev.orderflow.platform.serialization;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orderflow.api.AddedIn;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;

/**
 * Upcasts an event of any earlier revision to the present one: puts what its components say that
 * was true before they were added ({@link AddedIn}).
 */
final class AddedComponentsUpcaster extends SingleEventUpcaster {
  private static final ClassValue<List<Added>> ADDED =
      new ClassValue<>() {
        @Override
        protected List<Added> computeValue(Class<?> event) {
          return event.isRecord()
              ? Arrays.stream(event.getRecordComponents())
                  .filter(component -> component.isAnnotationPresent(AddedIn.class))
                  .map(Added::of)
                  .toList()
              : List.of();
        }
      };

  private final Serializer serializer;

  AddedComponentsUpcaster(Serializer serializer) {
    this.serializer = serializer;
  }

  @Override
  protected boolean canUpcast(IntermediateEventRepresentation event) {
    return !missing(event.getType()).isEmpty();
  }

  @Override
  protected IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation event) {
    var missing = missing(event.getType());
    return event.upcastPayload(
        serializer.typeForClass(serializer.classForType(event.getType())),
        ObjectNode.class,
        payload -> {
          missing.forEach(added -> payload.set(added.name(), added.before()));
          return payload;
        });
  }

  private List<Added> missing(SerializedType type) {
    var added = ADDED.get(serializer.classForType(type));
    return added.isEmpty()
        ? added
        : added.stream()
            .filter(component -> component.revision() > Integer.parseInt(type.getRevision()))
            .toList();
  }

  private record Added(String name, int revision, JsonNode before) {
    private static final JsonMapper JSON = new JsonMapper();

    static Added of(RecordComponent component) {
      var added = component.getAnnotation(AddedIn.class);
      try {
        return new Added(component.getName(), added.revision(), JSON.readTree(added.before()));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("@AddedIn of " + component + " holds no JSON", e);
      }
    }
  }
}
