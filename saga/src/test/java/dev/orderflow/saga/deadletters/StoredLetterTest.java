package dev.orderflow.saga.deadletters;

import dev.orderflow.platform.deadletters.Content;
import dev.orderflow.saga.testing.StoredForms;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredLetterTest {
  @ParameterizedTest
  @ValueSource(strings = {"dead-record", "dead-task"})
  void a_letter_that_any_release_has_kept_can_be_read(String form) throws IOException {
    StoredForms.assertThatEachIsRead(form, Content.class);
  }
}
