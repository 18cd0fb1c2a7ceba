package dev.orderflow.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import dev.orderflow.e2e.platform.PlatformUnderTest;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * One person's browser: what it stores is shared by its tabs and by no one else. No tab may write
 * an error to its console or ask another origin for anything; {@link #close()} says so.
 */
final class Visit implements AutoCloseable {
  /** What Chromium itself writes for every answer from 400 on, and for every connection lost. */
  private static final String STATUS_OF_AN_ANSWER = "Failed to load resource";

  private final String origin;
  private final BrowserContext context;
  private final List<String> faults = new CopyOnWriteArrayList<>();

  private Visit(String origin, BrowserContext context) {
    this.origin = origin;
    this.context = context;
    context.onConsoleMessage(message -> {
      if (message.type().equals("error") && !message.text().startsWith(STATUS_OF_AN_ANSWER)) {
        faults.add("console: " + message.text());
      }
    });
    context.onWebError(error -> faults.add("uncaught: " + error.error()));
    context.onRequest(this::look);
  }

  /** A browser that prefers this language ({@code vi-VN}, {@code en-US}). */
  static Visit in(String language, Browser browser, PlatformUnderTest platform) {
    return with(new NewContextOptions().setLocale(language), browser, platform);
  }

  /** A browser with these settings. */
  static Visit with(NewContextOptions options, Browser browser, PlatformUnderTest platform) {
    var origin = platform.cluster().gateway().url();
    return new Visit(origin, browser.newContext(options.setBaseURL(origin)));
  }

  private void look(Request request) {
    var url = request.url();
    if (!url.startsWith(origin + "/") && !url.startsWith("data:") && !url.startsWith("blob:")) {
      faults.add("request to another origin: " + url);
    }
  }

  /** A new tab on the first page of the shop. */
  Page tab() {
    return tab("/");
  }

  /** A new tab on this path. */
  Page tab(String path) {
    var page = context.newPage();
    page.navigate(path);
    return page;
  }

  /** Cookies, storage, network. */
  BrowserContext context() {
    return context;
  }

  /** Handles the requests that place an order in this browser. */
  void onPlacing(Consumer<Route> handler) {
    context.route(
        url -> url.endsWith("/orders"),
        route -> {
          if (route.request().method().equals("POST")) {
            handler.accept(route);
          } else {
            route.resume();
          }
        });
  }

  /** The idempotency key of such a request. */
  static String key(Request placing) {
    return Objects.requireNonNull(placing.headers().get("idempotency-key"));
  }

  @Override
  public void close() {
    context.close();
    assertThat(faults).as("errors on the console, requests to other origins").isEmpty();
  }
}
