package dev.orderflow.queryside.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Speaks TLS for a server on this machine that cannot. */
public final class TlsRelay implements AutoCloseable {
  private final ServerSocket server;
  private final int port;

  /**
   * Listens from now on.
   *
   * @param store PKCS#12, with the key and the certificate
   * @param port of the server
   */
  public TlsRelay(Path store, String password, int port)
      throws IOException, GeneralSecurityException {
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(KeyStore.getInstance(store.toFile(), password.toCharArray()), password.toCharArray());
    var tls = SSLContext.getInstance("TLS");
    tls.init(keys.getKeyManagers(), null, null);
    this.port = port;
    server =
        tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.startVirtualThread(this::accept);
  }

  /** Where it listens, on 127.0.0.1. */
  public int port() {
    return server.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        var secured = server.accept();
        var plain = new Socket(InetAddress.getLoopbackAddress(), port);
        pass(secured.getInputStream(), plain.getOutputStream(), plain);
        pass(plain.getInputStream(), secured.getOutputStream(), secured);
      }
    } catch (IOException _) {
      // It was closed.
    }
  }

  private static void pass(InputStream from, OutputStream to, Socket end) {
    Thread.startVirtualThread(() -> {
      try (end) {
        from.transferTo(to);
      } catch (IOException _) {
        // One of the two has hung up, or does not believe the other.
      }
    });
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
