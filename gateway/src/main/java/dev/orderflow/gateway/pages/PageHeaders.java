package dev.orderflow.gateway.pages;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.core.io.ClassPathResource;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.web.header.writers.ContentSecurityPolicyHeaderWriter;
import org.springframework.security.web.header.writers.DelegatingRequestMatcherHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * What a browser may do with our answers: nothing from elsewhere, nothing within a frame, no script
 * that stands in a page itself but the pages' import maps. Only the page of the description is
 * built otherwise.
 */
public final class PageHeaders {
  private static final List<String> PAGES =
      List.of("static/shop/index.html", "static/console/index.html");
  private static final Pattern IMPORT_MAP =
      Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);
  private static final RequestMatcher DESCRIPTION =
      new OrRequestMatcher(
          PathPatternRequestMatcher.withDefaults().matcher("/docs/**"),
          PathPatternRequestMatcher.withDefaults().matcher("/webjars/swagger-ui/**"));

  private PageHeaders() {}

  /** Adds the headers. */
  public static void secure(HeadersConfigurer<HttpSecurity> headers) {
    headers
        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
        .addHeaderWriter(
            new DelegatingRequestMatcherHeaderWriter(
                new NegatedRequestMatcher(DESCRIPTION),
                new ContentSecurityPolicyHeaderWriter(policyFor(pages()))));
  }

  /** The Content-Security-Policy with which the import maps of pages work. */
  static String policyFor(String pages) {
    var scripts =
        IMPORT_MAP
            .matcher(pages)
            .results()
            .map(map -> " 'sha256-" + sha256(map.group(1)) + "'")
            .collect(Collectors.joining());
    return "default-src 'self'; script-src 'self'"
        + scripts
        + "; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";
  }

  private static String pages() {
    return PAGES.stream().map(PageHeaders::text).collect(Collectors.joining());
  }

  private static String text(String file) {
    try {
      return new ClassPathResource(file).getContentAsString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(file, e);
    }
  }

  private static String sha256(String text) {
    return Base64.getEncoder()
        .encodeToString(Hashing.sha256().hashString(text, StandardCharsets.UTF_8).asBytes());
  }
}
