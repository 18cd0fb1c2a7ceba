package dev.orderflow.queryside.testing;

import dev.orderflow.queryside.cache.ViewFormat;
import java.nio.charset.StandardCharsets;

/** Values that are texts, and announcements that are a key and a version. */
public record TextFormat(String name, String channel) implements ViewFormat<String> {
  @Override
  public byte[] write(String value) {
    return value.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String read(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public String announce(Change change) {
    return change.key() + "@" + change.version();
  }

  @Override
  public Change hear(String message) {
    var at = message.lastIndexOf('@');
    if (at < 0) {
      throw new IllegalArgumentException("no version: " + message);
    }
    return new Change(message.substring(0, at), Long.parseLong(message.substring(at + 1)));
  }
}
