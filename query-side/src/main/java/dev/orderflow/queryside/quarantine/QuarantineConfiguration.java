package dev.orderflow.queryside.quarantine;

import dev.orderflow.platform.overview.Check;
import dev.orderflow.platform.overview.MeterValues;
import dev.orderflow.platform.overview.Shown;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is shown of letters. */
@Configuration(proxyBeanMethods = false)
class QuarantineConfiguration {
  @Bean
  Shown lettersShown(Intake intake, MeterValues meters) {
    return new Shown(
        intake.projections().stream()
            .map(projection ->
                Check.red(
                        "dead-letters",
                        meters.gauge("orderflow.quarantine.letters", "source", projection),
                        "",
                        1,
                        "dead-letters")
                    .of(projection))
            .toList(),
        List.of());
  }
}
