package dev.orderflow.queryside.cache;

import java.time.Duration;
import java.util.List;
import java.util.Map;

class RedisModelTest extends RedisContract {
  private final RedisModel redis = new RedisModel(System::currentTimeMillis);

  @Override
  Map<String, Versioned<String>> read(List<String> keys) {
    return redis.read(keys);
  }

  @Override
  void keep(Map<String, Versioned<String>> rows, Duration age) {
    redis.forward(rows, System.currentTimeMillis() - age.toMillis(), LIFE.toMillis());
  }
}
