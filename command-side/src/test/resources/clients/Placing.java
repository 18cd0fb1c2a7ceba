import org.openapitools.client.ApiClient;
import org.openapitools.client.api.OrderingApi;
import org.openapitools.client.model.Item;
import org.openapitools.client.model.PlaceOrderRequest;

/**
 * Places orders of one piece and prints what each costs: URL, token, and for each order its key,
 * its product and the price.
 */
public final class Placing {
  public static void main(String[] args) throws Exception {
    var client = new ApiClient();
    client.updateBaseUri(args[0]);
    client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + args[1]));
    var ordering = new OrderingApi(client);
    for (var i = 2; i < args.length; i += 3) {
      var item =
          new Item()
              .productId(args[i + 1])
              .quantity(1L)
              .expectedPrice(Double.valueOf(args[i + 2]))
              .priceVersion(1L);
      var order =
          ordering.placeOrder(new PlaceOrderRequest().version(args[i]).addItemsItem(item), null);
      System.out.println(order.getTotalAmount());
    }
  }
}
