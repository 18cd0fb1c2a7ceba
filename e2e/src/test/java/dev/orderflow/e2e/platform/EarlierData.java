package dev.orderflow.e2e.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** Data directories that earlier versions have written. */
final class EarlierData {
  /** Of 59b6bbe, stopped in good order. */
  static final String OF_EACH_KIND = "/upgrade/data.tar.xz";

  /** Of 485dab4, killed in the middle of its work. */
  static final String UNDER_WAY = "/upgrade/under-way.tar.xz";

  private EarlierData() {}

  static void unpack(String archive, Path directory) {
    try (var file = EarlierData.class.getResourceAsStream(archive);
        var tar =
            new TarArchiveInputStream(
                new XZCompressorInputStream(Objects.requireNonNull(file, archive)))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(tar, entry, entry.resolveIn(directory));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** PostgreSQL refuses a directory that others may look into. */
  private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path target)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(target);
    } else {
      Files.copy(tar, target);
    }
    Files.setPosixFilePermissions(
        target, PosixFilePermissions.fromString(entry.isDirectory() ? "rwx------" : "rw-------"));
  }
}
