package dev.orderflow.e2e;

import static dev.orderflow.e2e.Stranger.NONE;
import static dev.orderflow.e2e.shop.ShopClient.ALICE;
import static dev.orderflow.e2e.shop.ShopClient.BOB;
import static dev.orderflow.e2e.shop.ShopClient.CAROL;
import static dev.orderflow.e2e.shop.ShopClient.STAFF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.orderflow.e2e.platform.PlatformUnderTest;
import dev.orderflow.e2e.platform.Processes;
import dev.orderflow.e2e.platform.Setup;
import dev.orderflow.e2e.shop.Answer;
import dev.orderflow.e2e.shop.Order;
import dev.orderflow.e2e.shop.OrderRequest;
import dev.orderflow.e2e.shop.ShopClient;
import dev.orderflow.proto.catalog.v1.GetProductRequest;
import dev.orderflow.proto.catalog.v1.ListProductsRequest;
import dev.orderflow.proto.catalog.v1.ProductServiceGrpc;
import dev.orderflow.proto.catalog.v1.WatchProductRequest;
import dev.orderflow.proto.inventory.v1.GetStockRequest;
import dev.orderflow.proto.inventory.v1.InventoryServiceGrpc;
import dev.orderflow.proto.ordering.v1.OrderServiceGrpc;
import dev.orderflow.proto.ordering.v1.PlaceOrderRequest;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What strangers can do at once ends no process, with the heaps that the launcher gives; others are
 * served meanwhile, the strangers themselves soon after, and the logs hardly grow.
 */
@RunsOn(Setup.ONE_OF_EACH)
class BoundsE2E {
  private static final int LONG_DESCRIPTION = 3_900;
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration OTHERS_WAIT = Duration.ofSeconds(10);
  private static final Duration BURNT_DOWN_WITHIN = Duration.ofMinutes(3);

  /** So that it is the strangers who keep the processors busy. */
  private static final Duration BETWEEN_READS = Duration.ofMillis(25);

  /** The largest heap of a service is 320 MiB; the rest is code, threads and buffers. */
  private static final long MOST_MEMORY_MIB = 640;

  private static final int LARGEST_BODY = 1024 * 1024;
  private static final int LARGEST_BODY_OF_A_CALL = 128 * 1024;
  private static final String[] REFUSED_OR_NOT = {"200", "429", "503"};

  /** On services that have no such call, too; none where it was hung up on what is not HTTP. */
  private static final String[] REFUSED = {
    "400", "401", "403", "404", "405", "413", "429", "503", NONE
  };

  private static final String[] SERVED_OR_REFUSED = {"200", "401", "403", "404", "429", "503"};
  private static final String LARGE = get("/products?pageSize=100", "");
  private static final String SMALL = get("/products?pageSize=5", "");
  private static final String FORM = "Content-Type: application/x-www-form-urlencoded\r\n";

  private final PlatformUnderTest platform;
  private final ShopClient shop;
  private final URI gateway;
  private final Stranger stranger = new Stranger("127.0.0.3");
  private final Stranger other = new Stranger("127.0.0.4");
  private Map<String, Long> before;
  private Logs logs;

  BoundsE2E(PlatformUnderTest platform) {
    this.platform = platform;
    shop = platform.shop();
    gateway = URI.create(platform.cluster().gateway().url());
  }

  @BeforeAll
  void there_are_large_answers_to_ask_for() {
    for (var count = 0; count < 100; count++) {
      var product =
          Map.of(
              "name",
              "large",
              "description",
              "ệ".repeat(LONG_DESCRIPTION),
              "price",
              1,
              "currency",
              "VND");
      var made = ShopClient.answered(() -> shop.as(STAFF).post("/products", product));
      assertThat(made.status()).as("%s", made).isEqualTo(201);
    }
    logs = Logs.of(platform);
  }

  @BeforeEach
  void look() {
    before = platform.cluster().pids();
  }

  @AfterEach
  void every_process_lives_and_all_is_as_before() throws IOException {
    stranger.close();
    other.close();
    await().atMost(SOON).until(() -> stranger.asks(gateway, SMALL).equals("200"));
    others_are_served();
    assertThat(platform.cluster().pids()).isEqualTo(before);
    assertThat(before)
        .allSatisfy((process, pid) ->
            assertThat(Processes.mostMemoryMiB(pid))
                .as("MiB of %s", process)
                .isLessThan(MOST_MEMORY_MIB));
  }

  @AfterAll
  void the_logs_hardly_grow() {
    assertThat(logs.growth()).as("bytes of all logs").isLessThan(Logs.FOR_MINUTES_OF_FIRE);
  }

  private void others_are_served() {
    assertServed(() -> shop.as(ALICE).get("/orders"));
    assertServed(() -> shop.anybody().get("/products?pageSize=5"));
  }

  /** A slow machine may answer 503 now and then, and not for long. */
  private static void assertServed(Callable<Answer> read) {
    var answer =
        await("others are served")
            .atMost(OTHERS_WAIT)
            .pollDelay(Duration.ZERO)
            .until(read, given -> given.status() != 503);
    assertThat(answer.status()).isEqualTo(200);
  }

  private <T> T while_others_are_served(Callable<T> fire) throws Exception {
    try (var thread = Executors.newVirtualThreadPerTaskExecutor()) {
      var burning = thread.submit(fire);
      await("the fire is over")
          .atMost(BURNT_DOWN_WITHIN)
          .pollDelay(Duration.ZERO)
          .pollInterval(BETWEEN_READS)
          .until(() -> {
            others_are_served();
            return burning.isDone();
          });
      return burning.get();
    }
  }

  @Test
  void a_burst_of_large_answers() throws Exception {
    var answers = while_others_are_served(() -> stranger.asks(900, gateway, LARGE));

    assertThat(answers).isSubsetOf(REFUSED_OR_NOT);
  }

  @Test
  void a_burst_for_the_descriptions() throws Exception {
    var request = get("/v3/api-docs", "");
    // A service that has just started takes its time for the first one.
    await().atMost(SOON).until(() -> stranger.asks(gateway, request).equals("200"));

    var answers = while_others_are_served(() -> stranger.asks(500, gateway, request));

    assertThat(answers).isSubsetOf(REFUSED_OR_NOT);
  }

  @Test
  void bursts_for_tokens_with_secrets_that_are_right_and_wrong() throws Exception {
    var right = while_others_are_served(() -> stranger.asks(500, gateway, signIn(CAROL, CAROL)));
    var wrong = while_others_are_served(() -> stranger.asks(500, gateway, signIn(BOB, "wrong")));

    assertThat(right).isSubsetOf(REFUSED_OR_NOT).contains("200");
    assertThat(wrong).isSubsetOf("401", "429", "503").contains("401");
    assertThat(other.asks(gateway, signIn(BOB, BOB))).isEqualTo("200");
  }

  @Test
  void connections_that_are_all_taken_by_half_requests() throws IOException {
    var half = "GET /products HTTP/1.1\r\nHos";
    stranger.opens(2_000, gateway, half);
    other.opens(2_000, gateway, half);
    others_are_served();
    stranger.close();
    other.close();
    for (var service : platform.cluster().services()) {
      var http = URI.create(service.http());
      stranger.opens(2_000, http, half);
      other.opens(2_000, http, half);

      assertThat(new Stranger("127.0.0.5").asks(http, get("/actuator/health/liveness", "")))
          .as("liveness of %s", service.name())
          .isEqualTo("200");
      stranger.close();
      other.close();
    }
  }

  /** All kinds at once, since it is the waiting that takes time. */
  @Test
  void readers_that_take_nothing_and_writers_that_do_not_finish() throws IOException {
    var bob = bearer(BOB);
    try (var reader = new Stranger("127.0.0.5")) {
      reader.opens(300, gateway, LARGE);
      stranger.opens(200, gateway, unfinished("/orders", bob));
      other.opens(200, gateway, unfinished("/oauth2/token", FORM));
      stranger.drips();
      other.drips();

      others_are_served();
      assertThat(shop.token(ALICE, ALICE).status()).isEqualTo(200);
      // All of them are hung up on.
      await().atMost(SOON).until(() -> reader.asks(gateway, LARGE).equals("200"));
      await().atMost(SOON).until(() -> stranger.asks(gateway, get("/orders", bob)).equals("200"));
      await().atMost(SOON).until(() -> other.asks(gateway, signIn(CAROL, CAROL)).equals("200"));
    }
  }

  /** The gateway is not between them and the services here. */
  @Test
  void readers_that_take_nothing_of_a_service() throws Exception {
    var querySide = URI.create(platform.cluster().service("query-side").http());
    readersThatTakeNothing(querySide, LARGE);
    for (var service : platform.cluster().services()) {
      var http = URI.create(service.http());
      var description = get("/v3/api-docs", "");
      // A description takes no connection of the database, so nobody else may be kept waiting.
      var answers =
          while_others_are_served(() -> {
            readersThatTakeNothing(http, description);
            return stranger.asks(50, http, description);
          });
      assertThat(answers).isSubsetOf(REFUSED_OR_NOT);
    }
  }

  /** As many as one caller may have, and some. */
  private void readersThatTakeNothing(URI service, String request) throws IOException {
    try (var reader = new Stranger("127.0.0.5")) {
      reader.opens(310, service, request);

      // What they ask for is read first, by as many as the database has connections.
      await().atMost(SOON).untilAsserted(this::others_are_served);
      assertThat(other.asks(service, get("/actuator/health/liveness", ""))).isEqualTo("200");
      // All of them are hung up on.
      await("%s serves the reader".formatted(service))
          .atMost(SOON)
          .until(() -> reader.asks(service, request).equals("200"));
    }
  }

  @Test
  void readers_that_take_nothing_of_a_stream_of_the_query_side() throws IOException {
    var querySide = URI.create(platform.cluster().service("query-side").http());
    var order = shop.placed(OrderRequest.of(BOB, shop.newProduct(1), 1, OrderRequest.NO_ANSWER));
    var stream =
        get(
            "/orders/" + order.orderId() + "/events",
            bearer(BOB) + "Accept: text/event-stream\r\n");
    try {
      stranger.opens(310, querySide, stream);

      others_are_served();
      stranger.close();
      await().atMost(SOON).until(() -> stranger.keepsServed(1, querySide, stream) == 1);
    } finally {
      // An order that never ends would fail the audits of all later tests.
      cancelled(order);
    }
  }

  @Test
  void streams_that_are_opened_and_dropped() throws IOException {
    var product = shop.newProduct(1);
    var order = shop.placed(OrderRequest.of(BOB, product, 1, OrderRequest.NO_ANSWER));
    var stream =
        get(
            "/orders/" + order.orderId() + "/events",
            bearer(BOB) + "Accept: text/event-stream\r\n");
    var asMany = 50;

    try {
      for (var round = 0; round < 3; round++) {
        await()
            .atMost(SOON)
            .pollDelay(Duration.ZERO)
            .until(() -> stranger.keepsServed(asMany, gateway, stream) == asMany);
        others_are_served();
        stranger.close();
      }
    } finally {
      // An order that never ends would fail the audits of all later tests.
      cancelled(order);
    }
  }

  private void cancelled(Order order) {
    var cancellation = "/orders/" + order.orderId() + "/cancel";
    var answer = ShopClient.answered(() -> shop.as(BOB).post(cancellation, ""));
    assertThat(answer.status()).as("%s", answer).isEqualTo(202);
  }

  @Test
  void calls_that_are_taken_back_at_once() throws Exception {
    takenBack(
        "query-side",
        ProductServiceGrpc.getGetProductMethod(),
        GetProductRequest.newBuilder().setProductId("PROD-NONE").build(),
        Status.Code.NOT_FOUND);
    takenBack(
        "query-side",
        ProductServiceGrpc.getWatchProductMethod(),
        WatchProductRequest.getDefaultInstance(),
        Status.Code.INVALID_ARGUMENT);
    takenBack(
        "command-side",
        OrderServiceGrpc.getPlaceOrderMethod(),
        PlaceOrderRequest.getDefaultInstance(),
        Status.Code.UNAUTHENTICATED);
  }

  @Test
  void large_bodies_whatever_length_they_are_said_to_have() throws Exception {
    var commandSide = URI.create(platform.cluster().service("command-side").http());
    var headers = bearer(BOB) + "Content-Type: application/json\r\n";

    firesBodies(gateway, post(headers, LARGEST_BODY_OF_A_CALL), "400");
    firesBodies(gateway, post(headers, LARGEST_BODY), "413");
    firesBodies(gateway, post(headers, LARGEST_BODY + 1), "413");
    firesBodies(gateway, inChunks(headers, LARGEST_BODY), "413");
    firesBodies(gateway, inChunks(headers, LARGEST_BODY + 1), "413");
    firesBodies(commandSide, post(headers, LARGEST_BODY_OF_A_CALL), "400");
    firesBodies(commandSide, post(headers, LARGEST_BODY_OF_A_CALL + 1), "413");
    firesBodies(commandSide, inChunks(headers, LARGEST_BODY), "413");
    var said = "POST /orders HTTP/1.1\r\nHost: shop\r\n%sContent-Length: %s\r\n\r\n%s";
    for (var target : everyHttp()) {
      fires(target, said.formatted(headers, "10", json(LARGEST_BODY)), REFUSED);
      fires(target, said.formatted(headers, "9999999999", json(LARGEST_BODY)), REFUSED);
    }
  }

  private void firesBodies(URI target, String request, String answer) throws Exception {
    await().atMost(SOON).until(() -> stranger.asks(target, request).equals(answer));
    fires(target, request, answer, "429", "503");
  }

  @Test
  void large_headers_and_many() throws Exception {
    for (var target : everyHttp()) {
      // While much is still on its way, the answer may be lost.
      fires(target, get("/products", "X: " + "x".repeat(LARGEST_BODY) + "\r\n"), "431", NONE);
      fires(target, get("/products", "X: x\r\n".repeat(10_000)), "431", NONE);
      fires(target, get("/products", "X: x\r\n".repeat(90)), SERVED_OR_REFUSED);
    }
  }

  private List<String> fires(URI target, String request, String... answers) throws Exception {
    var all = while_others_are_served(() -> stranger.asks(100, target, request));
    assertThat(all).as("of %s", target).isSubsetOf(answers);
    return all;
  }

  private List<URI> everyHttp() {
    var http = platform.cluster().services().stream().map(one -> URI.create(one.http()));
    return Stream.concat(Stream.of(gateway), http).toList();
  }

  @Test
  void calls_with_large_messages_and_metadata() throws Exception {
    var getProduct = ProductServiceGrpc.getGetProductMethod();
    callsLargely(
        "query-side",
        getProduct,
        size -> GetProductRequest.newBuilder().setProductId("x".repeat(size)).build(),
        32 * 1024,
        Status.Code.INVALID_ARGUMENT);
    var getStock = InventoryServiceGrpc.getGetStockMethod();
    callsLargely(
        "command-side",
        getStock,
        size -> GetStockRequest.newBuilder().setProductId("x".repeat(size)).build(),
        256 * 1024,
        Status.Code.NOT_FOUND);
  }

  /** As many as one caller may have, each as large as it may be. */
  @Test
  void calls_that_do_not_end() throws Exception {
    var method = InventoryServiceGrpc.getGetStockMethod();
    var large = GetStockRequest.newBuilder().setProductId("x".repeat(250 * 1024)).build();
    var channel = platform.cluster().service("command-side").channel();
    try {
      for (var call = 0; call < 299; call++) {
        var unfinished = channel.newCall(method, CallOptions.DEFAULT);
        unfinished.start(new ClientCall.Listener<>() {}, new Metadata());
        unfinished.sendMessage(large);
      }
      var one = GetStockRequest.newBuilder().setProductId("PROD-NONE").build();
      assertThat(calls(channel, method, CallOptions.DEFAULT, one, 1))
          .extracting(Status::getCode)
          .containsExactly(Status.Code.NOT_FOUND);
    } finally {
      channel.shutdownNow();
    }
  }

  /** Each of about a megabyte: together they would be all that the query side has. */
  @Test
  void answers_that_nobody_reads() {
    var grpc = platform.cluster().service("query-side").grpc();
    var method = ProductServiceGrpc.getListProductsMethod();
    var page = ListProductsRequest.newBuilder().setPageSize(100).build();
    var channel =
        NettyChannelBuilder.forTarget("dns:///" + grpc)
            .usePlaintext()
            // No answer fits into what may be sent ahead, also where small products are on the
            // page.
            .flowControlWindow(64 * 1024)
            .build();
    var refused = new AtomicInteger();
    try {
      for (var call = 0; call < 199; call++) {
        var unread = channel.newCall(method, CallOptions.DEFAULT);
        unread.start(
            new ClientCall.Listener<>() {
              @Override
              public void onClose(Status status, Metadata trailers) {
                if (status.getCode() == Status.Code.RESOURCE_EXHAUSTED) {
                  refused.incrementAndGet();
                }
              }
            },
            new Metadata());
        unread.sendMessage(page);
        unread.halfClose();
      }
      // All but the few lists that one caller may have.
      await().atMost(SOON).until(() -> refused.get() >= 195);
      await().atMost(SOON).untilAsserted(this::others_are_served);
      var none = GetProductRequest.newBuilder().setProductId("PROD-NONE").build();
      var get = ProductServiceGrpc.getGetProductMethod();
      assertThat(
              status(ClientCalls.futureUnaryCall(channel.newCall(get, CallOptions.DEFAULT), none))
                  .getCode())
          .isEqualTo(Status.Code.NOT_FOUND);
    } finally {
      channel.shutdownNow();
    }
  }

  private <Q> void callsLargely(
      String service,
      MethodDescriptor<Q, ?> method,
      IntFunction<Q> request,
      int largest,
      Status.Code read)
      throws Exception {
    var grpc = platform.cluster().service(service).grpc();
    var channel = platform.cluster().service(service).channel();
    var plain = CallOptions.DEFAULT;
    try {
      for (var options : List.of(plain, plain.withCompression("gzip"))) {
        // As many as one caller may have: those that were refused before may still have places.
        await("%s is all that the small calls of the %s are told".formatted(read, service))
            .atMost(SOON)
            .pollDelay(Duration.ZERO)
            .until(
                () -> calls(channel, method, options, request.apply(largest - 100), 200),
                small -> small.stream().allMatch(status -> status.getCode() == read));
        var large = calls(channel, method, options, request.apply(2 * largest), 200);
        assertThat(large)
            .as("%s", Set.copyOf(large))
            .extracting(Status::getCode)
            .containsOnly(Status.Code.RESOURCE_EXHAUSTED);
      }
      for (var frames : List.of(1, 1_000)) {
        for (var connection = 0; connection < 100; connection++) {
          assertThat(
                  stranger.sendsMetadata(
                      frames, URI.create("grpc://" + grpc), method.getFullMethodName()))
              .as("hung up on by the %s", service)
              .isTrue();
        }
      }
      others_are_served();
    } finally {
      channel.shutdownNow();
    }
  }

  private <Q> List<Status> calls(
      Channel channel, MethodDescriptor<Q, ?> method, CallOptions options, Q request, int times)
      throws Exception {
    return while_others_are_served(() ->
        Stream.generate(
                () -> ClientCalls.futureUnaryCall(channel.newCall(method, options), request))
            .limit(times)
            .toList()
            .stream()
            .map(BoundsE2E::status)
            .toList());
  }

  private static Status status(Future<?> call) {
    return Status.fromThrowable(
        catchThrowableOfType(ExecutionException.class, call::get).getCause());
  }

  private <Q> void takenBack(
      String service, MethodDescriptor<Q, ?> method, Q request, Status.Code answer)
      throws Exception {
    var grpc = platform.cluster().service(service).grpc();
    var channel = platform.cluster().service(service).channel();
    try {
      for (var connection = 0; connection < 3; connection++) {
        assertThat(
                while_others_are_served(() ->
                    stranger.takesBack(
                        5_000, URI.create("grpc://" + grpc), method.getFullMethodName())))
            .as("hung up on by the %s", service)
            .isTrue();
        var within = CallOptions.DEFAULT.withDeadlineAfter(SOON);
        assertThat(
                catchThrowableOfType(
                        StatusRuntimeException.class,
                        () -> ClientCalls.blockingUnaryCall(channel, method, within, request))
                    .getStatus()
                    .getCode())
            .isEqualTo(answer);
      }
    } finally {
      channel.shutdownNow();
    }
  }

  private String bearer(String user) {
    return "Authorization: Bearer " + shop.accessToken(user) + "\r\n";
  }

  private static String get(String path, String headers) {
    return "GET " + path + " HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n" + headers + "\r\n";
  }

  private static String post(String headers, int bytes) {
    return "POST /orders HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n%sContent-Length: %d\r\n\r\n%s"
        .formatted(headers, bytes, json(bytes));
  }

  private static String inChunks(String headers, int bytes) {
    return "POST /orders HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n%sTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n"
        .formatted(headers, bytes, json(bytes));
  }

  private static String json(int bytes) {
    return " ".repeat(bytes - 2) + "{}";
  }

  private static String unfinished(String path, String headers) {
    return "POST %s HTTP/1.1\r\nHost: shop\r\n%sContent-Length: 1000\r\n\r\nx"
        .formatted(path, headers);
  }

  private static String signIn(String client, String secret) {
    var basic =
        Base64.getEncoder()
            .encodeToString((client + ":" + secret).getBytes(StandardCharsets.US_ASCII));
    var form = "grant_type=client_credentials";
    return "POST /oauth2/token HTTP/1.1\r\nHost: shop\r\nConnection: close\r\nAuthorization: Basic %s\r\n%sContent-Length: %d\r\n\r\n%s"
        .formatted(basic, FORM, form.length(), form);
  }
}
