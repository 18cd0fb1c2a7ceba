package dev.orderflow.platform.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.catalina.connector.ClientAbortException;
import org.junit.jupiter.api.Test;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.mock.http.MockHttpInputMessage;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class ProblemAdviceTest {
  private static final MockHttpInputMessage BODY = new MockHttpInputMessage(new byte[0]);

  @Test
  void a_body_that_breaks_off_is_the_clients_doing_and_no_bad_json() {
    assertThat(detailOf(new ClientAbortException()))
        .isEqualTo("request must arrive whole, soon and well-formed");
    assertThat(detailOf(new HttpMessageNotReadableException("", new IOException(), BODY)))
        .isEqualTo("request must arrive whole, soon and well-formed");
  }

  @Test
  void a_body_that_is_missing_is_asked_for() {
    assertThat(detailOf(new HttpMessageNotReadableException("", BODY)))
        .isEqualTo("request must have a body that is not null");
  }

  private static String detailOf(Exception error) {
    var answer =
        new ProblemAdvice()
            .answer(error, new MockHttpServletRequest(), new MockHttpServletResponse());
    assertThat(answer.getStatusCode().value()).isEqualTo(400);
    return answer.getBody().getDetail();
  }
}
