package dev.orderflow.platform.grpc;

import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.StatusOr;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names the instances of a service one by one: {@code instances:///host:port,host:port}. For
 * set-ups without a name service; elsewhere {@code dns:///} does the same.
 */
public final class InstancesNameResolverProvider extends NameResolverProvider {
  private static final String SCHEME = "instances";
  private static final int DEFAULT_PRIORITY = 5;

  @Override
  public @Nullable NameResolver newNameResolver(URI target, NameResolver.Args args) {
    if (!SCHEME.equals(target.getScheme())) {
      return null;
    }
    var addresses =
        Arrays.stream(target.getPath().substring(1).split(","))
            .map(InstancesNameResolverProvider::address)
            .map(EquivalentAddressGroup::new)
            .toList();
    return new Resolver(addresses);
  }

  private static SocketAddress address(String hostAndPort) {
    var colon = hostAndPort.lastIndexOf(':');
    return new InetSocketAddress(
        hostAndPort.substring(0, colon), Integer.parseInt(hostAndPort.substring(colon + 1)));
  }

  @Override
  public String getDefaultScheme() {
    return SCHEME;
  }

  @Override
  public Collection<Class<? extends SocketAddress>> getProducedSocketAddressTypes() {
    return List.of(InetSocketAddress.class);
  }

  @Override
  protected boolean isAvailable() {
    return true;
  }

  @Override
  protected int priority() {
    return DEFAULT_PRIORITY;
  }

  private static final class Resolver extends NameResolver {
    private final List<EquivalentAddressGroup> addresses;

    Resolver(List<EquivalentAddressGroup> addresses) {
      this.addresses = addresses;
    }

    @Override
    public String getServiceAuthority() {
      return SCHEME;
    }

    @Override
    public void start(Listener2 listener) {
      listener.onResult(
          ResolutionResult.newBuilder().setAddressesOrError(StatusOr.fromValue(addresses)).build());
    }

    @Override
    public void shutdown() {}
  }
}
