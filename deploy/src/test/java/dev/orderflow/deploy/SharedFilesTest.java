package dev.orderflow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SharedFilesTest {
  /** A copy, because a kustomization takes no files from above it. */
  @Test
  void bothDatabasesMakeTheRolesAlike() {
    assertThat(ProjectFiles.KUBERNETES.resolve("overlays/try/10-roles.sh"))
        .hasSameTextualContentAs(ProjectFiles.ROOT.resolve("deploy/docker/initdb/10-roles.sh"));
  }
}
