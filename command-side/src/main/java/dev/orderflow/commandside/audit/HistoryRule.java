package dev.orderflow.commandside.audit;

/** What must hold in every history. */
enum HistoryRule {
  READABLE("Every event can be read, and belongs to a stream of its kind"),
  SEQUENCES("Every stream counts its events from 0, without a hole"),
  STOCK("Received is available, reserved and sold together, after every event; none is negative"),
  PRICES("No order is placed at a price that is not the product's, or of one that is not on sale"),
  RESERVATIONS("Every reservation is made once, and ended at most once and as a whole"),
  ORDERS("Every order is placed once, adds up, and ends at most once"),
  ORDER_STOCK("Every order holds what was ordered, until it is sold or given back with the order"),
  MONEY(
      "Every order is paid at most once and as a whole, and money is kept for confirmed ones only"),
  IDEMPOTENCY("One user and idempotency key are one order, and its id follows from them");

  private final String sentence;

  HistoryRule(String sentence) {
    this.sentence = sentence;
  }

  String sentence() {
    return sentence;
  }
}
