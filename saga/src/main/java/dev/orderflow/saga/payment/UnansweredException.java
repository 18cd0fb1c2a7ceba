package dev.orderflow.saga.payment;

/** A call was not answered in time, though the provider has answered others meanwhile. */
final class UnansweredException extends RuntimeException {
  UnansweredException() {
    super("The provider has answered others meanwhile");
  }
}
