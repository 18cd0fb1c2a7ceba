package dev.orderflow.queryside.projection;

/** How an event stands to what was taken in of its aggregate before. */
enum Arrival {
  /** It is the next one, and counts. */
  NEXT,
  /** It was taken in already. */
  REPEATED,
  /** Others must come first. */
  EARLY;

  /**
   * @param last the sequence of the last event taken in; {@link History#NOTHING} before the first
   * @param sequence of the event
   */
  static Arrival of(long last, long sequence) {
    if (sequence <= last) {
      return REPEATED;
    }
    return sequence == last + 1 ? NEXT : EARLY;
  }
}
