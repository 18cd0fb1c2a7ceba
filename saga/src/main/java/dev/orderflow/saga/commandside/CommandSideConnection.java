package dev.orderflow.saga.commandside;

import dev.orderflow.platform.security.ServiceIdentity;
import io.grpc.Channel;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.stub.AbstractBlockingStub;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.springframework.grpc.client.ChannelBuilderOptions;
import org.springframework.grpc.client.GrpcChannelFactory;
import org.springframework.grpc.client.interceptor.security.BearerTokenAuthenticationInterceptor;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** The connection to the command side's instances, under this service's own identity. */
@Component
public final class CommandSideConnection {
  private static final Duration DEADLINE = Duration.ofSeconds(3);
  private static final long RECONNECT_MILLIS = 1_000;

  private final ManagedChannel channel;

  CommandSideConnection(GrpcChannelFactory channels, ServiceIdentity identity) {
    this.channel =
        channels.createChannel(
            "command-side",
            ChannelBuilderOptions.defaults()
                .withInterceptors(List.of(new BearerTokenAuthenticationInterceptor(identity)))
                .withCustomizer((_, channelBuilder) ->
                    channelBuilder.defaultLoadBalancingPolicy("round_robin")));
  }

  /**
   * A stub for one call, which must be answered within 3 s.
   *
   * @param newStub the generated {@code newBlockingStub}
   */
  public <S extends AbstractBlockingStub<S>> S within3Seconds(Function<Channel, S> newStub) {
    return newStub.apply(channel).withDeadlineAfter(DEADLINE.toSeconds(), TimeUnit.SECONDS);
  }

  /**
   * By itself gRPC would try ever more rarely, up to every 2 minutes, to reach a server that was
   * away; it is to be noticed at once when it is back. At a fixed rate, for what is scheduled with
   * a fixed delay waits for each other, and may wait for the command side.
   */
  @Scheduled(fixedRate = RECONNECT_MILLIS)
  void reconnect() {
    if (channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
      channel.resetConnectBackoff();
    }
  }
}
