package dev.orderflow.e2e.shop;

/** The stock of a product as REST shows it. */
public record Stock(String productId, long available, long reserved, long sold) {
  /** All pieces that ever came in, if the levels are right. */
  public long total() {
    return available + reserved + sold;
  }

  public boolean hasNoNegativeLevel() {
    return available >= 0 && reserved >= 0 && sold >= 0;
  }
}
