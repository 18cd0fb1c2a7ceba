package dev.orderflow.commandside;

/** Orders over REST. */
record RestOrderEntry(Instance instance, String product) implements OrderEntry {
  @Override
  public Outcome order(String token, String key, Outcome.PriceIs price) {
    var answer =
        instance.send(
            "POST",
            "/orders",
            token,
            """
            {"version": "%s", "items": [
              {"productId": "%s", "quantity": 1, "expectedPrice": %s, "priceVersion": %d}]}\
            """
                .formatted(key, product, price.price(), price.version()));
    var body = answer.body();
    return switch (answer.status()) {
      case 200, 201 -> new Outcome.Placed(body.path("orderId").asString());
      case 409 ->
          switch (answer.code()) {
            case "PRICE_CHANGED" ->
                new Outcome.PriceIs(
                    body.path("changes").get(0).path("currentPrice").decimalValue(),
                    body.path("changes").get(0).path("currentVersion").asLong());
            case "INSUFFICIENT_STOCK" -> new Outcome.SoldOut();
            default -> new Outcome.Unexpected(body.toString());
          };
      case 422 -> new Outcome.KeyTaken();
      case 429, 503 -> new Outcome.TryAgain();
      default -> new Outcome.Unexpected(body.toString());
    };
  }
}
