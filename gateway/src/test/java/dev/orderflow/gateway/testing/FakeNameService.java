package dev.orderflow.gateway.testing;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The name service of the JVM that runs the tests, below the JVM's own cache: knows the names below
 * {@code .test} that it was told, and leaves all others to the system.
 */
public final class FakeNameService extends InetAddressResolverProvider {
  private static final Map<String, List<String>> ADDRESSES = new ConcurrentHashMap<>();
  private static final Map<String, Integer> QUESTIONS = new ConcurrentHashMap<>();

  /** From now on the name has these addresses; none: it is not known. */
  public static void set(String name, String... addresses) {
    ADDRESSES.put(name, List.of(addresses));
  }

  /** How often it was asked for the name. */
  public static int questions(String name) {
    return QUESTIONS.getOrDefault(name, 0);
  }

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public InetAddressResolver get(Configuration configuration) {
    var system = configuration.builtinResolver();
    return new InetAddressResolver() {
      @Override
      public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
          throws UnknownHostException {
        return host.endsWith(".test") ? addressesOf(host) : system.lookupByName(host, policy);
      }

      @Override
      public String lookupByAddress(byte[] address) throws UnknownHostException {
        return system.lookupByAddress(address);
      }
    };
  }

  private static Stream<InetAddress> addressesOf(String host) throws UnknownHostException {
    QUESTIONS.merge(host, 1, Integer::sum);
    var addresses = ADDRESSES.getOrDefault(host, List.of());
    if (addresses.isEmpty()) {
      throw new UnknownHostException(host);
    }
    return addresses.stream().map(InetAddress::ofLiteral);
  }
}
