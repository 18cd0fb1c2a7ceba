package dev.orderflow.platform.grpc;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.UnaryOperator;

/** A gRPC server of a test's own, and a channel to it. */
public final class LoopbackServer implements AutoCloseable {
  private final Server server;
  private final ManagedChannel channel;

  /** Starts it with what it serves. */
  public LoopbackServer(UnaryOperator<NettyServerBuilder> serving) throws IOException {
    var loopback = InetAddress.getLoopbackAddress();
    var builder = NettyServerBuilder.forAddress(new InetSocketAddress(loopback, 0));
    server = serving.apply(builder).build().start();
    channel =
        NettyChannelBuilder.forAddress(new InetSocketAddress(loopback, server.getPort()))
            .usePlaintext()
            .build();
  }

  /** Where it is called. */
  public ManagedChannel channel() {
    return channel;
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
  }
}
