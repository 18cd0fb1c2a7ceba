package dev.orderflow.queryside.catalog.cache;

import dev.orderflow.platform.tracing.Traces;
import dev.orderflow.queryside.cache.CacheProperties;
import dev.orderflow.queryside.cache.CachedView;
import dev.orderflow.queryside.cache.ViewSource;
import dev.orderflow.queryside.catalog.model.Product;
import dev.orderflow.queryside.live.Changes;
import io.lettuce.core.RedisClient;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the cache before the table of products. */
@Configuration(proxyBeanMethods = false)
class ProductCacheConfiguration {
  /**
   * Those who watch a product look when its row has changed, and once more when that was announced:
   * then L1 does not answer what was before.
   */
  @Bean
  CachedView<Product> productCache(
      ViewSource<Product> table,
      Changes changes,
      CacheProperties settings,
      RedisClient cacheClient,
      MeterRegistry meters,
      Traces traces) {
    return CachedView.of(
        "product",
        table,
        new ProductFormat(),
        changes::changed,
        settings,
        cacheClient,
        meters,
        traces);
  }
}
