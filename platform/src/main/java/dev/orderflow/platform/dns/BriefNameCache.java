package dev.orderflow.platform.dns;

import java.security.Security;
import org.springframework.boot.context.event.ApplicationStartingEvent;
import org.springframework.context.ApplicationListener;

/**
 * Has host names looked up anew after a second. By default the JVM keeps the addresses of a name
 * for 30 s, and for 10 s that it has none: so long an instance that was started would get no calls,
 * and one that was started before its database would not find it. Set before anything is looked up,
 * since the JVM reads it once.
 */
public final class BriefNameCache implements ApplicationListener<ApplicationStartingEvent> {
  private static final String TTL = "networkaddress.cache.ttl";
  private static final String SECONDS = "1";

  @Override
  public void onApplicationEvent(ApplicationStartingEvent event) {
    Security.setProperty(TTL, SECONDS);
    Security.setProperty("networkaddress.cache.negative.ttl", SECONDS);
    // gRPC's name resolver has a memory of its own, and looks for the same name among these.
    System.setProperty(TTL, SECONDS);
  }
}
