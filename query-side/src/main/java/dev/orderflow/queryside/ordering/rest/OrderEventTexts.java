package dev.orderflow.queryside.ordering.rest;

import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import dev.orderflow.queryside.ordering.model.Order;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter.DataWithMediaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * The server-sent event of an order's state. It is written once for all readers that share a look,
 * and in one piece: the pieces of Spring's own builder are sent one by one.
 */
@Component
final class OrderEventTexts {
  private static final MediaType TEXT = new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);

  /** By identity. */
  private final LoadingCache<Order, Set<DataWithMediaType>> events;

  OrderEventTexts(JsonMapper json) {
    events =
        CacheBuilder.newBuilder()
            .weakKeys()
            .build(
                CacheLoader.from(order ->
                    Set.of(
                        new DataWithMediaType(
                            "id:%d\nevent:order\ndata:%s\n\n"
                                .formatted(
                                    order.revision(), json.writeValueAsString(OrderJson.of(order))),
                            TEXT))));
  }

  /** What to send. */
  Set<DataWithMediaType> of(Order order) {
    return events.getUnchecked(order);
  }
}
