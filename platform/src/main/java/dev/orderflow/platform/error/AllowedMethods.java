package dev.orderflow.platform.error;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;

/** What belongs into the header Allow. */
public final class AllowedMethods {
  private AllowedMethods() {}

  /** The methods that are named, and those that come with them: HEAD with GET, OPTIONS always. */
  public static Set<HttpMethod> withImplied(@Nullable Collection<HttpMethod> named) {
    var allowed = new LinkedHashSet<HttpMethod>();
    if (named != null) {
      allowed.addAll(named);
    }
    if (allowed.contains(HttpMethod.GET)) {
      allowed.add(HttpMethod.HEAD);
    }
    allowed.add(HttpMethod.OPTIONS);
    return allowed;
  }
}
