package dev.orderflow.queryside;

import static dev.orderflow.queryside.testing.Events.created;
import static dev.orderflow.queryside.testing.Events.priced;
import static dev.orderflow.queryside.testing.Failures.assertFails;
import static dev.orderflow.queryside.testing.Failures.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.proto.catalog.v1.BatchGetProductsRequest;
import dev.orderflow.proto.catalog.v1.GetProductRequest;
import dev.orderflow.proto.catalog.v1.ProductServiceGrpc;
import dev.orderflow.queryside.testing.RunningQuerySide;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The running query side, for those who operate it. */
class QuerySideIT {
  private final RunningQuerySide running = RunningQuerySide.shared();
  private final ProductServiceGrpc.ProductServiceBlockingStub products =
      ProductServiceGrpc.newBlockingStub(running.channel());

  @AfterEach
  void heal() {
    running.database().acceptConnections();
    running.awaitDatabase();
  }

  @Test
  void without_its_database_it_says_so_and_afterwards_knows_what_it_missed() {
    running.publisher().publish(created("OUTAGE-1", 0));
    running.awaitVersion("OUTAGE-1", 1);

    running.database().refuseConnections();
    // What is in memory is answered a moment longer.
    await().until(() -> running.get("/products/OUTAGE-1").status() != 200);
    assertProblem(running.get("/products/OUTAGE-1"), 503, "UNAVAILABLE");
    assertFails(
        () -> products.getProduct(product("OUTAGE-1")), Status.Code.UNAVAILABLE, "UNAVAILABLE");
    assertThat(running.get("/actuator/health/readiness").status()).isEqualTo(200);
    assertServing();
    running.publisher().publish(priced("OUTAGE-1", 1, "60000", 2));
    running.database().acceptConnections();

    running.awaitVersion("OUTAGE-1", 2);
  }

  @Test
  void no_read_keeps_a_connection() {
    var moreThanThePool = 20;
    for (var i = 0; i < moreThanThePool; i++) {
      assertThat(running.get("/products").status()).isEqualTo(200);
      assertThat(running.get("/products/NO-SUCH-" + i).status()).isEqualTo(404);
      assertThat(running.getAs(running.staff(), "/orders").status()).isEqualTo(200);
      assertThat(running.getAs(running.customer("ann"), "/orders").status()).isEqualTo(200);
      assertThat(running.getAs(running.staff(), "/orders/ORD-none").status()).isEqualTo(404);
      assertThat(products.batchGetProducts(batch("NO-SUCH-AGAIN-" + i)).getMissingProductIdsCount())
          .isEqualTo(1);
    }
  }

  @Test
  void it_can_be_watched_without_a_token() {
    assertThat(running.get("/actuator/health/liveness").status()).isEqualTo(200);
    assertThat(running.get("/actuator/health/readiness").status()).isEqualTo(200);
    await()
        .untilAsserted(() ->
            assertThat(running.get("/actuator/prometheus").response().body())
                .contains(
                    "orderflow_projection_early_total{projection=\"product-view\"}",
                    "orderflow_projection_early_total{projection=\"order-view\"}",
                    "orderflow_projection_lag_seconds_count{projection=\"product-view\"}",
                    "kafka_consumer_fetch_manager_records_lag",
                    "orderflow_cache_reads_total{cache=\"product\",level=\"l1\",result=\"hit\"}",
                    "orderflow_cache_reads_total{cache=\"product\",level=\"l2\",result=\"miss\"}",
                    "orderflow_cache_loads_seconds_count{cache=\"product\"}",
                    "orderflow_cache_refusals_total{cache=\"product\"}",
                    "orderflow_cache_failures_total{cache=\"product\"}",
                    "orderflow_cache_invalidations_total{cache=\"product\"}",
                    "orderflow_cache_l1_size{cache=\"product\"}",
                    "orderflow_cache_l2_connected{cache=\"product\"} 1.0"));
    assertServing();
  }

  private void assertServing() {
    assertThat(
            HealthGrpc.newBlockingStub(running.channel())
                .check(HealthCheckRequest.getDefaultInstance())
                .getStatus())
        .isEqualTo(ServingStatus.SERVING);
  }

  private static BatchGetProductsRequest batch(String productId) {
    return BatchGetProductsRequest.newBuilder().addProductIds(productId).build();
  }

  private static GetProductRequest product(String id) {
    return GetProductRequest.newBuilder().setProductId(id).build();
  }
}
