package dev.orderflow.gateway.routing;

import jakarta.validation.constraints.NotEmpty;
import java.net.URI;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Where the instances of each service listen: base URLs, of which scheme, host and port count. A
 * host name stands for all of its addresses.
 *
 * @param commandSide instances of the command side
 * @param querySide instances of the query side
 * @param saga instances of the saga service
 */
@Validated
@ConfigurationProperties("orderflow.instances")
public record InstanceProperties(
    @NotEmpty List<URI> commandSide, @NotEmpty List<URI> querySide, @NotEmpty List<URI> saga) {
  /** The instances of one service. */
  public List<URI> of(Service service) {
    return switch (service) {
      case COMMAND_SIDE -> commandSide;
      case QUERY_SIDE -> querySide;
      case SAGA -> saga;
    };
  }
}
