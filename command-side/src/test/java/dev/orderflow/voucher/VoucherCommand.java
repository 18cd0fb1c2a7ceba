package dev.orderflow.voucher;

/** What can be asked of a voucher. */
public sealed interface VoucherCommand {
  String code();

  record IssueVoucher(String code, int worth) implements VoucherCommand {}

  record RedeemVoucher(String code) implements VoucherCommand {}

  /** Changes it although a bug of ours throws right after. */
  record ChangeVoucherAndThrow(String code) implements VoucherCommand {}
}
