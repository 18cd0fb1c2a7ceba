package dev.orderflow.bench.orders;

import dev.orderflow.bench.measurement.GatewayConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A console that is looked at, by the requests that its pages make: the overview again and again,
 * and the tail of events.
 */
final class OpenConsole implements AutoCloseable {
  /** As long as the pages wait between two looks. */
  private static final long PAUSE_MILLIS = 2_500;

  private static final int OK = 200;

  private final CountDownLatch closed = new CountDownLatch(1);
  private final HttpClient http = HttpClient.newHttpClient();
  private final GatewayConnection pages;
  private final InputStream events;
  private final OrderRequests shop;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean failed;

  OpenConsole(OrderRequests shop) throws IOException, InterruptedException {
    this.shop = shop;
    pages = new GatewayConnection(shop.gateway());
    events = http.send(shop.eventTail(), BodyHandlers.ofInputStream()).body();
    threads.execute(this::look);
    threads.execute(this::read);
  }

  private void look() {
    try {
      do {
        if (pages.send("GET", "/admin/overview", shop.staff(), "").status() != OK) {
          failed = true;
        }
      } while (!closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
    } catch (IOException | InterruptedException unanswered) {
      failed = true;
    }
  }

  private void read() {
    try {
      events.transferTo(OutputStream.nullOutputStream());
      failed = true;
    } catch (IOException cut) {
      failed = closed.getCount() > 0;
    }
  }

  /**
   * Ends it.
   *
   * @throws IOException when it was not answered all the time
   */
  @Override
  public void close() throws IOException {
    var unanswered = failed;
    closed.countDown();
    http.shutdownNow();
    threads.close();
    http.close();
    pages.close();
    if (unanswered) {
      throw new IOException("the console was not answered all the time");
    }
  }
}
