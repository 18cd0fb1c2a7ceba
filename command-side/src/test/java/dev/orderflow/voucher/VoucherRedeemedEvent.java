package dev.orderflow.voucher;

import dev.orderflow.api.DomainEvent;
import dev.orderflow.api.EventRevision;
import java.time.Instant;

@EventRevision(1)
public record VoucherRedeemedEvent(String code, Instant timestamp) implements DomainEvent {}
