package dev.orderflow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;

/** What the manifests must keep. */
@FunctionalInterface
interface ManifestRule {
  /** What breaks it, in words. */
  Stream<String> violations(Manifests manifests);

  /** Nothing breaks it, in any overlay. */
  default void holds() {
    for (var rendering : Rendering.all()) {
      assertThat(violations(rendering.manifests())).as(rendering.name()).isEmpty();
    }
  }

  /** The manifests with these words in the place of those break it: the rule can fail. */
  default void isBrokenBy(String words, String others) {
    assertThat(violations(Rendering.with(words).replacing(words, others)))
        .as("\"%s\" instead of \"%s\"", others, words)
        .isNotEmpty();
  }
}
