package dev.orderflow.queryside;

import static dev.orderflow.queryside.testing.Events.created;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.proto.catalog.v1.GetProductRequest;
import dev.orderflow.proto.catalog.v1.ListProductsRequest;
import dev.orderflow.proto.catalog.v1.ProductServiceGrpc;
import dev.orderflow.proto.catalog.v1.WatchProductRequest;
import dev.orderflow.queryside.testing.RunningQuerySide;
import io.grpc.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers wait in memory until they are read, and so there are no more than there is room for. */
@Timeout(120)
class UnreadAnswersIT {
  private static final String OF_ONE_CALLER = "--orderflow.calls.max-buffered-per-caller=";

  private final RunningQuerySide running = RunningQuerySide.shared();

  @Test
  void an_answer_for_which_there_is_no_room_is_refused_and_the_caller_told_why() {
    there_is("unread-1");
    try (var instance = running.another(OF_ONE_CALLER + "10B")) {
      var products = ProductServiceGrpc.newBlockingStub(instance.channel());
      var one = GetProductRequest.newBuilder().setProductId("unread-1").build();

      assertThatThrownBy(() -> products.getProduct(one))
          .extracting(failure -> Status.fromThrowable(failure).getCode())
          .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
      assertThatThrownBy(() -> products.getProduct(one)).hasMessageContaining("bytes of answers");

      var stream = WatchProductRequest.newBuilder().setProductId("unread-1").build();
      assertThat(products.watchProduct(stream).next().getProduct().getProductId())
          .isEqualTo("unread-1");
    }
  }

  @Test
  void an_answer_that_was_read_takes_no_room_any_more() {
    for (var number = 0; number < 10; number++) {
      there_is("unread-" + number);
    }
    var page = ListProductsRequest.newBuilder().setPageSize(10).build();
    var size =
        ProductServiceGrpc.newBlockingStub(running.channel())
            .listProducts(page)
            .getSerializedSize();

    try (var instance = running.another(OF_ONE_CALLER + 5 * size + "B")) {
      var products = ProductServiceGrpc.newBlockingStub(instance.channel());
      for (var call = 0; call < 50; call++) {
        assertThat(products.listProducts(page).getProductsCount()).isEqualTo(10);
      }
    }
  }

  private void there_is(String product) {
    running.publisher().publish(created(product, 0));
    running.awaitVersion(product, 1);
  }
}
