package dev.orderflow.queryside.cache;

import dev.orderflow.platform.overview.Check;
import dev.orderflow.platform.overview.MeterValues;
import dev.orderflow.platform.overview.Series;
import dev.orderflow.platform.overview.Shown;
import dev.orderflow.platform.overview.Together;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What all caches share. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CacheProperties.class)
class CacheConfiguration {
  @Bean
  Shown cacheShown(MeterValues meters) {
    var connected = meters.gauge("orderflow.cache.l2.connected");
    return new Shown(
        List.of(
            Check.amber(
                "cache-l2", () -> 1 - connected.getAsDouble(), "", 1, "cache-does-without-redis")),
        List.of(
            new Series(
                "cache.hit-ratio",
                "",
                Together.MEAN,
                meters.share("orderflow.cache.reads", "result", "hit", "level", "l1"))));
  }
}
