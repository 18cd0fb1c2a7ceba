package dev.orderflow.queryside.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The model that the property test of the protocol stands on. */
class SharedLevelModelTest extends SharedLevelContract {
  private final AtomicLong clock = new AtomicLong();
  private final List<ViewFormat.Change> announced = new ArrayList<>();
  private final SharedLevelModel model =
      new SharedLevelModel(
          clock::get,
          Duration.ofMillis(LEASE_MILLIS).toNanos(),
          (key, version) -> announced.add(new ViewFormat.Change(key, version)));

  @Override
  SharedLevel<String> shared() {
    return model;
  }

  @Override
  void evict(String key) {
    model.evict(key);
  }

  @Override
  List<ViewFormat.Change> announced() {
    return announced;
  }

  @Override
  void leaseTimePasses() {
    clock.addAndGet(Duration.ofMillis(LEASE_MILLIS).toNanos());
  }
}
