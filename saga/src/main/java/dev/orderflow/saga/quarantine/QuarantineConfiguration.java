package dev.orderflow.saga.quarantine;

import dev.orderflow.platform.overview.Check;
import dev.orderflow.platform.overview.MeterValues;
import dev.orderflow.platform.overview.Shown;
import dev.orderflow.saga.Worker;
import java.util.Arrays;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is shown of letters. */
@Configuration(proxyBeanMethods = false)
class QuarantineConfiguration {
  @Bean
  Shown lettersShown(MeterValues meters) {
    return new Shown(
        Arrays.stream(Worker.values())
            .map(worker ->
                Check.red(
                        "dead-letters",
                        meters.gauge("orderflow.quarantine.letters", "source", worker.id()),
                        "",
                        1,
                        "dead-letters")
                    .of(worker.id()))
            .toList(),
        List.of());
  }
}
