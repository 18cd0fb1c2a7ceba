package dev.orderflow.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalPathTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/orders",
        "/orders?status=PENDING&q=a%20b",
        "/shop/#cart",
        "/a/../b",
        "/a:b"
      })
  void a_path_of_ours_is_taken(String path) {
    assertThat(LocalPath.of(path).value()).isEqualTo(path);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "orders",
        "https://elsewhere.example",
        "//elsewhere.example",
        "///elsewhere.example",
        "/\\elsewhere.example",
        "\\\\elsewhere.example",
        "\\/elsewhere.example",
        "/a\\b",
        "/\t/elsewhere.example",
        "/\n/elsewhere.example",
        " //elsewhere.example",
        "/ /elsewhere.example",
        "/\u0000/elsewhere.example",
        "/cà-phê",
        "javascript:alert(1)",
        "data:text/html,x",
        "/%",
        "?x",
        "#x"
      })
  void anything_else_leads_home(String path) {
    assertThat(LocalPath.of(path).value()).isEqualTo("/");
  }

  @Test
  void what_is_too_long_for_a_cookie_leads_home() {
    assertThat(LocalPath.of("/" + "a".repeat(999)).value()).hasSize(1000);
    assertThat(LocalPath.of("/" + "a".repeat(1000)).value()).isEqualTo("/");
  }
}
