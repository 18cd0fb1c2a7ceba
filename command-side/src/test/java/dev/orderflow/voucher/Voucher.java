package dev.orderflow.voucher;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.orderflow.voucher.VoucherCommand.ChangeVoucherAndThrow;
import dev.orderflow.voucher.VoucherCommand.IssueVoucher;
import dev.orderflow.voucher.VoucherCommand.RedeemVoucher;
import java.time.Clock;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;

public class Voucher {
  @AggregateIdentifier private String streamId;
  private int redeemed;

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  String issue(IssueVoucher command, Clock clock) {
    if (streamId == null) {
      apply(new VoucherIssuedEvent(command.code(), command.worth(), clock.instant()));
    }
    return "issued";
  }

  @CommandHandler
  String redeem(RedeemVoucher command, Clock clock) {
    apply(new VoucherRedeemedEvent(command.code(), clock.instant()));
    return "redeemed " + redeemed + " times";
  }

  @CommandHandler
  String change(ChangeVoucherAndThrow command, Clock clock) {
    apply(new VoucherIssuedEvent(command.code(), 2, clock.instant()));
    throw new IllegalStateException("a bug");
  }

  int redeemed() {
    return redeemed;
  }

  @EventSourcingHandler
  void on(VoucherIssuedEvent event) {
    streamId = "voucher-" + event.code();
  }

  @EventSourcingHandler
  void on(VoucherRedeemedEvent event) {
    redeemed++;
  }
}
