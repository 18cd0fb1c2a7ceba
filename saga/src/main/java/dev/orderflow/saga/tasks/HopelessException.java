package dev.orderflow.saga.tasks;

/** What no other try will bring about, as long as nobody changes something. It becomes a letter. */
public class HopelessException extends RuntimeException {
  /**
   * Says why.
   *
   * @param message holds nothing personal: people read it in the letter
   */
  public HopelessException(String message) {
    super(message);
  }
}
