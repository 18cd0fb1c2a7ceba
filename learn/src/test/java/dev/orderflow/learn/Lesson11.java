package dev.orderflow.learn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

/** An upcaster turns the JSON of an earlier revision into that of the current one. */
abstract class Lesson11 {
  /** Revision 2 also has the {@code total}: price times quantity. */
  abstract ObjectNode upcast(ObjectNode revision1);

  @Test
  void the_field_is_there_and_all_else_is_as_it_was() throws JsonProcessingException {
    var old = json("{\"productId\":\"LAMP\",\"price\":50000,\"quantity\":3}");

    assertThat(upcast(old))
        .isEqualTo(
            json("{\"productId\":\"LAMP\",\"price\":50000,\"quantity\":3,\"total\":150000}"));
  }

  private static ObjectNode json(String text) throws JsonProcessingException {
    return (ObjectNode) new ObjectMapper().readTree(text);
  }
}
