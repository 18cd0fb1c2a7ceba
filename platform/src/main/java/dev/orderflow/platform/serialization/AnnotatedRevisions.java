package dev.orderflow.platform.serialization;

import dev.orderflow.api.EventRevision;
import org.axonframework.serialization.RevisionResolver;
import org.jspecify.annotations.Nullable;

/** Reads an event's revision from its {@link EventRevision}; types without one have none. */
final class AnnotatedRevisions implements RevisionResolver {
  @Override
  public @Nullable String revisionOf(Class<?> payloadType) {
    var revision = payloadType.getAnnotation(EventRevision.class);
    return revision == null ? null : Integer.toString(revision.value());
  }
}
