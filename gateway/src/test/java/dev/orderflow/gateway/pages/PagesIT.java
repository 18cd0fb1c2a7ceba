package dev.orderflow.gateway.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.gateway.testing.RunningGateway;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of the pages as browsers get them. */
class PagesIT {
  private static final String LIBRARY = "/webjars/lit-html/3.3.2/lit-html.js";
  private static final RunningGateway GATEWAY = RunningGateway.shared();

  @Test
  void the_shop_is_at_the_root() {
    var page = get("/");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(header(page, "Content-Type")).isEqualTo("text/html;charset=UTF-8");
    assertThat(page.body()).contains("<shop-app");
  }

  @Test
  void the_console_is_at_its_address_and_its_manual_below() {
    assertThat(get("/console").body()).contains("<console-app");
    var manual = get("/console/manual");
    assertThat(header(manual, "Content-Type")).isEqualTo("text/html;charset=UTF-8");
    assertThat(manual.body()).contains("<h3 id=\"dead-letters\">");
  }

  @Test
  void pages_that_name_no_icon_have_one() {
    assertThat(header(get("/favicon.ico"), "Content-Type")).startsWith("image/svg+xml");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/console", "/shop/app.js", "/shared/look.css", "/shared/messages/vi.json"})
  void our_files_are_asked_after_by_what_is_in_them(String path) {
    var first = get(path);

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(header(first, "Cache-Control")).isEqualTo("no-cache");
    var again = get(path, "If-None-Match", header(first, "ETag"));
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(get(path, "If-None-Match", "W/\"other\"").statusCode()).isEqualTo(200);
  }

  @Test
  void a_file_of_a_library_is_kept_for_good_under_its_version_only() {
    assertThat(header(get(LIBRARY), "Cache-Control")).contains("max-age=31536000", "immutable");
    var unversioned = get("/webjars/swagger-ui/swagger-ui.css");
    assertThat(unversioned.statusCode()).isEqualTo(200);
    assertThat(header(unversioned, "Cache-Control")).doesNotContain("immutable");
    assertThat(get("/webjars/lit-html/3.0.0/lit-html.js").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({"/shop/checkout/page.js", "/shared/look.css", LIBRARY})
  void text_is_compressed(String path) {
    var plain = get(path);
    var compressed = get(path, "Accept-Encoding", "gzip");

    assertThat(header(plain, "Content-Encoding")).isEmpty();
    assertThat(header(compressed, "Content-Encoding")).isEqualTo("gzip");
  }

  private static HttpResponse<String> get(String path, String... headers) {
    var request = GATEWAY.request("GET", path);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return GATEWAY.send(request);
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
