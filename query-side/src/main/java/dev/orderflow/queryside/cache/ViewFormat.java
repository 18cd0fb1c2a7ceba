package dev.orderflow.queryside.cache;

/** How values and messages look outside of this process. */
public interface ViewFormat<V> {
  /**
   * Names the form of the values, in short and without colons. What was written in another form, by
   * an older or newer release, is not read.
   */
  String name();

  /** A value, to be kept. */
  String write(V value);

  /** A value that was kept. */
  V read(String text);

  /** The channel on which changes are announced. */
  String channel();

  /** The message that says that a key has changed. */
  String announce(Change change);

  /**
   * Reads such a message.
   *
   * @throws IllegalArgumentException when it is none
   */
  Change hear(String message);

  /**
   * A key has changed.
   *
   * @param version it has now
   */
  record Change(String key, long version) {}
}
