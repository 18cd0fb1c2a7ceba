package dev.orderflow.platform.serialization;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orderflow.api.catalog.ProductCreatedEvent;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;

/** Revision 2 says whether a new product can be ordered. Before, every one could. */
final class ProductCreatedUpcaster extends SingleEventUpcaster {
  private static final String TYPE = ProductCreatedEvent.class.getName();
  private static final SimpleSerializedType FROM = new SimpleSerializedType(TYPE, "1");
  private static final SimpleSerializedType TO = new SimpleSerializedType(TYPE, "2");

  @Override
  protected boolean canUpcast(IntermediateEventRepresentation event) {
    return FROM.equals(event.getType());
  }

  @Override
  protected IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation event) {
    return event.upcastPayload(
        TO, JsonNode.class, payload -> ((ObjectNode) payload).put("active", true));
  }
}
