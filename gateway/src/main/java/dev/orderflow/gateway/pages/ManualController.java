package dev.orderflow.gateway.pages;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * The operators' manual of this very release, so that the console's links to its paragraphs work
 * without a network. It is read when it is first asked for.
 */
@Lazy
@Controller
final class ManualController {
  private final String page;

  ManualController() throws IOException {
    var text = new ClassPathResource("manual/operations.md");
    page = Manual.page(text.getContentAsString(StandardCharsets.UTF_8));
  }

  @GetMapping(path = "/console/manual", produces = MediaType.TEXT_HTML_VALUE)
  ResponseEntity<String> manual() {
    return ResponseEntity.ok().cacheControl(CacheControl.noCache()).body(page);
  }
}
