package dev.orderflow.queryside;

import static dev.orderflow.queryside.testing.Failures.assertFails;
import static dev.orderflow.queryside.testing.Failures.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.proto.catalog.v1.ListProductsRequest;
import dev.orderflow.proto.catalog.v1.ProductServiceGrpc;
import dev.orderflow.proto.ordering.v1.ListOrdersRequest;
import dev.orderflow.proto.ordering.v1.OrderQueryServiceGrpc;
import dev.orderflow.queryside.testing.RunningQuerySide;
import io.grpc.Status;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** While the issuer of the tokens does not answer, and has not since the start. */
class IssuerAwayIT {
  private static final RunningQuerySide RUNNING =
      RunningQuerySide.shared().another("--orderflow.identity.issuer-uri=http://127.0.0.1:1");

  @AfterAll
  static void stop() {
    RUNNING.close();
  }

  @Test
  void products_are_shown_to_who_has_no_token() {
    assertThat(RUNNING.get("/products").status()).isEqualTo(200);
    assertThat(
            ProductServiceGrpc.newBlockingStub(RUNNING.channel())
                .listProducts(ListProductsRequest.getDefaultInstance()))
        .isNotNull();
  }

  @Test
  void who_has_one_is_told_to_come_again() {
    var token = RUNNING.customer("alice");

    assertProblem(RUNNING.getAs(token, "/orders"), 503, "UNAVAILABLE");
    assertFails(
        () ->
            RunningQuerySide.as(token, OrderQueryServiceGrpc.newBlockingStub(RUNNING.channel()))
                .listOrders(ListOrdersRequest.getDefaultInstance()),
        Status.Code.UNAVAILABLE,
        "UNAVAILABLE");
  }
}
