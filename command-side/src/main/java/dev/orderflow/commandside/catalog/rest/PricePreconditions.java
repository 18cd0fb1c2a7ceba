package dev.orderflow.commandside.catalog.rest;

import dev.orderflow.platform.http.EntityTags;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ETag;
import org.springframework.http.HttpHeaders;

/**
 * Which price a caller wants to change: RFC 9110, section 13.1. The price's version is the {@code
 * priceVersion}; the {@code ETag} of the product itself, which goes on with it, names it too.
 *
 * @param ifMatch null when not given, as is the other one
 */
record PricePreconditions(@Nullable EntityTags ifMatch, @Nullable EntityTags ifNoneMatch) {
  /** A version that no price has. */
  static final long NONE = 0;

  private static final Pattern PRICE_VERSION = Pattern.compile("(\\d{1,18})(?:-\\d{1,18})?");

  /** Reads both headers. */
  static PricePreconditions of(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
    return new PricePreconditions(
        EntityTags.of(HttpHeaders.IF_MATCH, ifMatch),
        EntityTags.of(HttpHeaders.IF_NONE_MATCH, ifNoneMatch));
  }

  /** Whether every version will do. */
  boolean areEmpty() {
    return ifNoneMatch == null
        && (ifMatch == null || ifMatch.tags().stream().anyMatch(ETag::isWildcard));
  }

  /** Whether this version will do. */
  boolean hold(long priceVersion) {
    Predicate<String> isVersion = tag -> versionOf(tag) == priceVersion;
    return (ifMatch == null || ifMatch.matchStrongly(isVersion))
        && (ifNoneMatch == null || !ifNoneMatch.matchWeakly(isVersion));
  }

  private static long versionOf(String tag) {
    var version = PRICE_VERSION.matcher(tag);
    return version.matches() ? Long.parseLong(version.group(1)) : NONE;
  }
}
