import org.openapitools.client.ApiClient;
import org.openapitools.client.api.OrderingApi;
import org.openapitools.client.model.Item;
import org.openapitools.client.model.PlaceOrderRequest;

/** Places an order of one piece and prints what it costs: URL, token, key, product, price. */
public final class Placing {
  public static void main(String[] args) throws Exception {
    var client = new ApiClient();
    client.updateBaseUri(args[0]);
    client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + args[1]));
    var item =
        new Item()
            .productId(args[3])
            .quantity(1L)
            .expectedPrice(Double.valueOf(args[4]))
            .priceVersion(1L);
    var order =
        new OrderingApi(client)
            .placeOrder(new PlaceOrderRequest().version(args[2]).addItemsItem(item), null);
    System.out.println(order.getTotalAmount());
  }
}
