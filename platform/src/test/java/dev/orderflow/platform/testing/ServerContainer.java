package dev.orderflow.platform.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A server in a container, on a port of the loopback interface that stays the same when it is
 * started again.
 */
public final class ServerContainer extends GenericContainer<ServerContainer> {
  private final int port;

  /**
   * @param serverPort on which it listens in the container; 0 when it listens on the same as
   *     outside
   */
  public ServerContainer(String image, int serverPort) {
    super(DockerImageName.parse(image));
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    } catch (IOException none) {
      throw new UncheckedIOException(none);
    }
    addFixedExposedPort(port, serverPort == 0 ? port : serverPort);
  }

  /** Where it listens, on 127.0.0.1. */
  public int port() {
    return port;
  }
}
