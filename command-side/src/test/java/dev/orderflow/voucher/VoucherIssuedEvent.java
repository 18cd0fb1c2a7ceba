package dev.orderflow.voucher;

import dev.orderflow.api.DomainEvent;
import dev.orderflow.api.EventRevision;
import java.time.Instant;

@EventRevision(1)
public record VoucherIssuedEvent(String code, int worth, Instant timestamp)
    implements DomainEvent {}
