package dev.orderflow.gateway.admin;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.orderflow.gateway.admin.Part.Answered;
import dev.orderflow.gateway.routing.Service;
import dev.orderflow.platform.overview.Overview;
import dev.orderflow.platform.overview.Overview.InstanceJson;
import dev.orderflow.platform.overview.OwnOverview;
import java.net.URI;
import java.util.ArrayList;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** How the whole platform is, for staff. */
@RestController
final class MergedOverviewController {
  private static final String PATH = "/admin/overview";

  /** More are forgotten: where names are looked up, instances come and go. */
  private static final int MOST_NAMES = 1_000;

  private final Parts parts;
  private final OwnOverview own;

  /** What those that answered have called themselves. */
  private final Cache<URI, String> names =
      CacheBuilder.newBuilder().maximumSize(MOST_NAMES).build();

  MergedOverviewController(Parts parts, OwnOverview own) {
    this.parts = parts;
    this.own = own;
  }

  @GetMapping(PATH)
  Overview overview() {
    var all = new ArrayList<Overview>();
    var away = new ArrayList<InstanceJson>();
    all.add(own.current());
    for (var part : parts.ofAllInstances(PATH, Overview.class)) {
      if (part instanceof Answered<Overview>(_, var instance, var overview)) {
        overview.instances().forEach(one -> names.put(instance, one.instance()));
        all.add(overview);
      } else {
        away.add(away(part.service(), part.instance()));
      }
    }
    return Overview.together(all, away);
  }

  private InstanceJson away(Service service, URI instance) {
    var name = names.getIfPresent(instance);
    return InstanceJson.away(service.label(), name == null ? instance.getAuthority() : name);
  }
}
