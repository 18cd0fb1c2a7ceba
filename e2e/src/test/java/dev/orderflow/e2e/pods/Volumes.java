package dev.orderflow.e2e.pods;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.e2e.pods.RunnableManifests.Mount;
import dev.orderflow.e2e.pods.RunnableManifests.Projected;
import dev.orderflow.e2e.pods.RunnableManifests.SecretSource;
import dev.orderflow.e2e.pods.RunnableManifests.Volume;
import dev.orderflow.e2e.pods.RunnableManifests.Workload;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a pod finds below its mount points, as volumes of Docker's that begin with its name. */
record Volumes(String pod, Workload workload, RunnableManifests manifests, Docker docker) {
  /** Makes them, and answers how they are mounted. */
  List<String> mounts() {
    var scripts = new LinkedHashMap<String, String>();
    var mounts =
        workload.container().volumeMounts().stream().map(mount -> mounted(mount, scripts)).toList();
    docker.volumes(scripts, workload.container().image());
    return mounts;
  }

  private String mounted(Mount mount, Map<String, String> scripts) {
    var volume = volume(mount.name());
    var emptyDir = volume == null ? null : volume.emptyDir();
    if (emptyDir != null && emptyDir.isMemory()) {
      return "--tmpfs=%s:exec,size=%s".formatted(mount.mountPath(), emptyDir.size());
    }
    var source = pod + "-" + mount.name();
    scripts.put(source, script(mount.name(), volume));
    var writable = (volume == null || emptyDir != null) && !Boolean.TRUE.equals(mount.readOnly());
    return "--mount=type=volume,volume-nocopy,src=%s,dst=%s%s"
        .formatted(source, mount.mountPath(), writable ? "" : ",readonly");
  }

  /** None when it is claimed. */
  private @Nullable Volume volume(String name) {
    return workload.pod().volumes().stream()
        .filter(volume -> volume.name().equals(name))
        .findFirst()
        .orElse(null);
  }

  private String script(String name, @Nullable Volume volume) {
    if (volume == null) {
      assertThat(workload.spec().volumeClaimTemplates())
          .anyMatch(claim -> claim.metadata().name().equals(name));
      return "chgrp %d .; chmod 2775 .\n".formatted(group());
    }
    if (volume.configMap() != null) {
      var files = new LinkedHashMap<String, byte[]>();
      manifests
          .configMap(volume.configMap().name())
          .forEach((file, text) -> files.put(file, text.getBytes(UTF_8)));
      return written(files, volume.configMap().defaultMode());
    }
    if (volume.projected() != null) {
      return written(files(volume.projected()), volume.projected().defaultMode());
    }
    return "chgrp %d .; chmod 2777 .\n".formatted(group());
  }

  private int group() {
    return workload.pod().securityContext().volumesGroup();
  }

  private Map<String, byte[]> files(Projected projected) {
    var files = new LinkedHashMap<String, byte[]>();
    projected.sources().forEach(source -> files.putAll(files(source.secret())));
    return files;
  }

  private Map<String, byte[]> files(SecretSource source) {
    var secret = manifests.secrets().get(source.name());
    if (secret == null) {
      assertThat(source.optional()).as("%s may be missing", source).isTrue();
      return Map.of();
    }
    if (source.items().isEmpty()) {
      return secret;
    }
    var files = new LinkedHashMap<String, byte[]>();
    source
        .items()
        .forEach(item -> files.put(item.path(), Objects.requireNonNull(secret.get(item.key()))));
    return files;
  }

  private String written(Map<String, byte[]> files, int mode) {
    return files.entrySet().stream()
        .map(file ->
            "echo %2$s | base64 -d > %1$s; chgrp %3$d %1$s; chmod %4$o %1$s\n"
                .formatted(
                    file.getKey(),
                    Base64.getEncoder().encodeToString(file.getValue()),
                    group(),
                    mode))
        .collect(joining());
  }
}
