package dev.orderflow.saga.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A mail server that says what it is told to; without replies it takes connections and hangs. */
public final class SmtpServer implements AutoCloseable {
  private final AtomicInteger connections = new AtomicInteger();
  private final String toSender;
  private final String toRecipient;
  private final String toContent;
  private final boolean hangs;
  private final @Nullable String hangsUpAt;
  private final boolean abruptly;
  private final ServerSocket server;

  private SmtpServer(
      String toSender,
      String toRecipient,
      String toContent,
      boolean hangs,
      @Nullable String hangsUpAt,
      boolean abruptly)
      throws IOException {
    this.toSender = toSender;
    this.toRecipient = toRecipient;
    this.toContent = toContent;
    this.hangs = hangs;
    this.hangsUpAt = hangsUpAt;
    this.abruptly = abruptly;
    this.server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    Thread.startVirtualThread(this::accept);
  }

  /** One that accepts connections and says nothing. */
  public static SmtpServer hanging() throws IOException {
    return new SmtpServer("", "", "", true, null, false);
  }

  /** One with these replies to MAIL, RCPT and the content. */
  public static SmtpServer replying(String toSender, String toRecipient, String toContent)
      throws IOException {
    return new SmtpServer(toSender, toRecipient, toContent, false, null, false);
  }

  /** One that hangs up instead of replying to this line; to all others well. */
  public static SmtpServer hangingUpAt(String line, boolean abruptly) throws IOException {
    return new SmtpServer("250 ok", "250 ok", "250 ok", false, line, abruptly);
  }

  /** Where it listens, on the loopback address. */
  public int port() {
    return server.getLocalPort();
  }

  /** How many connections it has taken. */
  public int connections() {
    return connections.get();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        var socket = server.accept();
        connections.incrementAndGet();
        if (!hangs) {
          Thread.startVirtualThread(() -> talk(socket));
        }
      } catch (IOException e) {
        if (!server.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void talk(Socket socket) {
    try (socket;
        var lines =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      reply(socket, "220 ready");
      var content = false;
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.equals(hangsUpAt)) {
          // Closed without lingering, the connection is reset.
          socket.setSoLinger(abruptly, 0);
          return;
        }
        if (content) {
          content = !line.equals(".");
          if (!content) {
            reply(socket, toContent);
          }
          continue;
        }
        content = line.equals("DATA");
        reply(
            socket,
            switch (line.split("[ :]", 2)[0]) {
              case "MAIL" -> toSender;
              case "RCPT" -> toRecipient;
              case "DATA" -> "354 go on";
              case "QUIT" -> "221 bye";
              default -> "250 ok";
            });
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void reply(Socket socket, String line) throws IOException {
    socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }
}
