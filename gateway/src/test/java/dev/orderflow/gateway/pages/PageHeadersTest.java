package dev.orderflow.gateway.pages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PageHeadersTest {
  @Test
  void a_page_without_an_import_map_may_run_no_script_of_its_own() {
    assertThat(PageHeaders.policyFor("<script>alert(1)</script>"))
        .isEqualTo(
            "default-src 'self'; script-src 'self'; object-src 'none'; base-uri 'none';"
                + " frame-ancestors 'none'; form-action 'self'");
  }

  @Test
  void the_import_map_of_the_page_may_be_read_and_nothing_else() {
    var page = "<script type=\"importmap\">{\"imports\":{}}</script><script>alert(1)</script>";

    assertThat(PageHeaders.policyFor(page))
        .contains("script-src 'self' 'sha256-URrTy+Il/Nz0lHojVUx275hWqAWhkSF0VsHbUM4/6Hw=';");
  }
}
