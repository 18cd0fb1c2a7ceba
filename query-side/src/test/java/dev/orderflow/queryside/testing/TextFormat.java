package dev.orderflow.queryside.testing;

import dev.orderflow.queryside.cache.ViewFormat;

/** Values that are texts, and announcements that are a key and a version. */
public record TextFormat(String name, String channel) implements ViewFormat<String> {
  @Override
  public String write(String value) {
    return value;
  }

  @Override
  public String read(String text) {
    return text;
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
