package dev.orderflow.learn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

/** An upcaster makes the form of now of a form of then. */
abstract class Lesson11 {
  /** Revision 2 calls {@code qty} by its whole name, {@code quantity}. */
  abstract ObjectNode upcast(ObjectNode revision1);

  @Test
  void the_field_has_its_new_name_and_all_else_is_as_it_was() throws JsonProcessingException {
    var old = json("{\"productId\":\"LAMP\",\"qty\":3}");

    assertThat(upcast(old)).isEqualTo(json("{\"productId\":\"LAMP\",\"quantity\":3}"));
  }

  private static ObjectNode json(String text) throws JsonProcessingException {
    return (ObjectNode) new ObjectMapper().readTree(text);
  }
}
