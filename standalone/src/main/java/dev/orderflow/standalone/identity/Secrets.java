package dev.orderflow.standalone.identity;

import dev.orderflow.standalone.process.OwnerOnlyFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Passwords and client secrets of one data directory, made when they are first asked for and kept
 * from then on.
 */
public final class Secrets {
  private static final int BYTES = 24;
  private static final TypeReference<TreeMap<String, String>> BY_NAME = new TypeReference<>() {};

  private final Path file;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, String> byName;

  private Secrets(Path file, Map<String, String> byName) {
    this.file = file;
    this.byName = byName;
  }

  /** Reads the file, if it is there. */
  public static Secrets in(Path file) throws IOException {
    return new Secrets(
        file,
        Files.exists(file)
            ? JsonMapper.shared().readValue(Files.readString(file), BY_NAME)
            : new TreeMap<>());
  }

  /** The secret of this name: letters, digits, {@code -} and {@code _}. */
  public synchronized String of(String name) {
    var known = byName.get(name);
    if (known != null) {
      return known;
    }
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    var secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    byName.put(name, secret);
    try {
      OwnerOnlyFile.write(file, JsonMapper.shared().writeValueAsString(byName));
    } catch (IOException failure) {
      byName.remove(name);
      throw new UncheckedIOException("The secrets could not be saved", failure);
    }
    return secret;
  }
}
