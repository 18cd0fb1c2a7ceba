package dev.orderflow.platform.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.orderflow.api.AddedIn;
import dev.orderflow.api.EventRevision;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Stream;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.InitialEventRepresentation;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddedComponentsUpcasterTest {
  private static final Serializer SERIALIZER = EventJson.serializer();

  @Test
  void what_an_earlier_revision_did_not_say_is_what_was_true_then() {
    assertThat(read(1, "{\"name\":\"lamp\"}")).isEqualTo(new LampLit("lamp", true, "white"));
    assertThat(read(2, "{\"name\":\"lamp\",\"dimmed\":false}"))
        .isEqualTo(new LampLit("lamp", false, "white"));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4})
  void an_event_of_the_present_revision_or_a_later_one_is_left_as_it_is(int revision) {
    var stored = stored(revision, "{\"name\":\"lamp\",\"dimmed\":false}");

    assertThat(EventJson.upcaster().upcast(Stream.of(stored))).containsExactly(stored);
  }

  @Test
  void what_is_no_object_cannot_be_read() {
    assertThatExceptionOfType(SerializationException.class).isThrownBy(() -> read(1, "[1]"));
  }

  @EventRevision(3)
  private record LampLit(
      String name,
      @AddedIn(revision = 2, before = "true") boolean dimmed,
      @AddedIn(revision = 3, before = "\"white\"") String color) {}

  private static Object read(int revision, String json) {
    return EventJson.upcaster()
        .upcast(Stream.of(stored(revision, json)))
        .map(event -> SERIALIZER.deserialize(event.getData()))
        .findFirst()
        .orElseThrow();
  }

  private static IntermediateEventRepresentation stored(int revision, String json) {
    var entry =
        new GenericDomainEventEntry<>(
            "Lamp",
            "lamp-1",
            0,
            "event-1",
            Instant.EPOCH,
            LampLit.class.getName(),
            Integer.toString(revision),
            json.getBytes(StandardCharsets.UTF_8),
            "{}".getBytes(StandardCharsets.UTF_8));
    return new InitialEventRepresentation(entry, SERIALIZER);
  }
}
