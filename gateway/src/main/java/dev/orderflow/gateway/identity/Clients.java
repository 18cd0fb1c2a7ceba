package dev.orderflow.gateway.identity;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All clients and people that may have tokens. */
final class Clients {
  /** Failed attempts are remembered by client id, so the length of an unknown id is bounded. */
  private static final int LONGEST_UNKNOWN_ID = 100;

  private final Map<String, Client> clients;
  private final FailedSignIns failed;

  Clients(List<Client> clients, FailedSignIns failed) {
    this.failed = failed;
    this.clients =
        clients.stream().collect(Collectors.toMap(Client::clientId, Function.identity()));
  }

  /** Every one. */
  Stream<Client> all() {
    return clients.values().stream();
  }

  /** The one with this id; empty when there is none. */
  Optional<Client> find(String clientId) {
    return Optional.ofNullable(clients.get(clientId));
  }

  /**
   * The one with this id and secret; empty when there is none.
   *
   * @param address where the request comes from
   * @throws SignInPausedException when the secret was wrong too often
   */
  Optional<Client> authenticate(String clientId, String secret, String address) {
    var client = find(clientId);
    if (client.isEmpty() && clientId.length() > LONGEST_UNKNOWN_ID) {
      return Optional.empty();
    }
    var right =
        failed.allow(
            clientId, address, () -> client.filter(known -> known.hasSecret(secret)).isPresent());
    return right ? client : Optional.empty();
  }
}
