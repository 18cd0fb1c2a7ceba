package dev.orderflow.voucher;

import dev.orderflow.api.rejection.Rejection;
import dev.orderflow.api.topic.EventTopic;
import dev.orderflow.commandside.eventstore.AggregateType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
public class VoucherConfiguration {
  public static final EventTopic TOPIC = new EventTopic("vouchers");

  @Bean
  AggregateType<Voucher, VoucherCommand> voucherType() {
    return new AggregateType<>(
        Voucher.class,
        Voucher::new,
        VoucherCommand.class,
        command -> "voucher-" + command.code(),
        _ -> new Rejection.PaymentNotFound(),
        Voucher::redeemed,
        null,
        AggregateType.Topics.one(TOPIC));
  }
}
