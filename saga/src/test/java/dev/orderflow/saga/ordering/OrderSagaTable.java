package dev.orderflow.saga.ordering;

import java.util.Arrays;
import java.util.List;

/** What the order saga does on every event in every stage. */
final class OrderSagaTable {
  /** Stages that an order's saga can be in, with the shortest story that leads there. */
  static final String STAGES =
      """
      NOT_STARTED                   |
      WAITING_FOR_PAYMENT           | placed
      CONFIRMING_PAID_ORDER         | placed paid
      CANCELLING_UNPAID_ORDER       | placed declined
      ENDING_DISPUTED_ORDER         | placed paid declined
      CONFIRMED_WAITING_FOR_PAYMENT | placed confirmed
      CANCELLING_OVERDUE_ORDER      | placed overdue
      CANCELLED_WAITING_FOR_PAYMENT | placed cancelled
      CANCELLED_REFUNDING           | placed cancelled paid
      ENDED                         | placed paid confirmed
      """;

  static final List<String> EVENTS =
      List.of(
          "placed",
          "requested",
          "paid",
          "declined",
          "overdue",
          "confirmed",
          "cancelled",
          "refunding",
          "refunded",
          "refused");

  /**
   * Stage, event, next stage, and what the saga writes down; in brackets what only the saga of an
   * order of an earlier release does, which has to settle the stock itself.
   */
  static final String TABLE =
      """
      NOT_STARTED                   | placed    | WAITING_FOR_PAYMENT           | request payment of 350000 VND by pm_card_visa, start deadline at 2026-01-02T03:04:05Z
      NOT_STARTED                   | requested | NOT_STARTED                   |
      NOT_STARTED                   | paid      | CONFIRMING_PAID_ORDER         | confirm
      NOT_STARTED                   | declined  | CANCELLING_UNPAID_ORDER       | cancel for PAYMENT_FAILED
      NOT_STARTED                   | overdue   | NOT_STARTED                   |
      NOT_STARTED                   | confirmed | NOT_STARTED                   |
      NOT_STARTED                   | cancelled | NOT_STARTED                   |
      NOT_STARTED                   | refunding | NOT_STARTED                   |
      NOT_STARTED                   | refunded  | CANCELLING_UNPAID_ORDER       | confirm, keep deadline
      NOT_STARTED                   | refused   | NOT_STARTED                   |

      WAITING_FOR_PAYMENT           | placed    | WAITING_FOR_PAYMENT           |
      WAITING_FOR_PAYMENT           | requested | WAITING_FOR_PAYMENT           |
      WAITING_FOR_PAYMENT           | paid      | CONFIRMING_PAID_ORDER         | confirm
      WAITING_FOR_PAYMENT           | declined  | CANCELLING_UNPAID_ORDER       | cancel for PAYMENT_FAILED
      WAITING_FOR_PAYMENT           | overdue   | CANCELLING_OVERDUE_ORDER      | cancel for PAYMENT_TIMEOUT, keep deadline
      WAITING_FOR_PAYMENT           | confirmed | CONFIRMED_WAITING_FOR_PAYMENT |
      WAITING_FOR_PAYMENT           | cancelled | CANCELLED_WAITING_FOR_PAYMENT | [release A, release B, ]keep deadline
      WAITING_FOR_PAYMENT           | refunding | WAITING_FOR_PAYMENT           |
      WAITING_FOR_PAYMENT           | refunded  | CANCELLING_UNPAID_ORDER       | confirm, keep deadline
      WAITING_FOR_PAYMENT           | refused   | WAITING_FOR_PAYMENT           | keep deadline

      CONFIRMED_WAITING_FOR_PAYMENT | placed    | CONFIRMED_WAITING_FOR_PAYMENT |
      CONFIRMED_WAITING_FOR_PAYMENT | requested | CONFIRMED_WAITING_FOR_PAYMENT |
      CONFIRMED_WAITING_FOR_PAYMENT | paid      | ENDED                         | confirm, [commit A, commit B, ]stop deadline
      CONFIRMED_WAITING_FOR_PAYMENT | declined  | ENDED                         | cancel for PAYMENT_FAILED, stop deadline
      CONFIRMED_WAITING_FOR_PAYMENT | overdue   | ENDED                         | cancel for PAYMENT_TIMEOUT, stop deadline
      CONFIRMED_WAITING_FOR_PAYMENT | confirmed | CONFIRMED_WAITING_FOR_PAYMENT |
      CONFIRMED_WAITING_FOR_PAYMENT | cancelled | CONFIRMED_WAITING_FOR_PAYMENT |
      CONFIRMED_WAITING_FOR_PAYMENT | refunding | CONFIRMED_WAITING_FOR_PAYMENT |
      CONFIRMED_WAITING_FOR_PAYMENT | refunded  | CONFIRMED_WAITING_FOR_PAYMENT |
      CONFIRMED_WAITING_FOR_PAYMENT | refused   | WAITING_FOR_PAYMENT           | keep deadline

      CONFIRMING_PAID_ORDER         | placed    | CONFIRMING_PAID_ORDER         |
      CONFIRMING_PAID_ORDER         | requested | CONFIRMING_PAID_ORDER         |
      CONFIRMING_PAID_ORDER         | paid      | CONFIRMING_PAID_ORDER         | confirm
      CONFIRMING_PAID_ORDER         | declined  | ENDING_DISPUTED_ORDER         | cancel for PAYMENT_FAILED
      CONFIRMING_PAID_ORDER         | overdue   | CONFIRMING_PAID_ORDER         | confirm, keep deadline
      CONFIRMING_PAID_ORDER         | confirmed | ENDED                         | [commit A, commit B, ]stop deadline
      CONFIRMING_PAID_ORDER         | cancelled | CANCELLED_REFUNDING           | [release A, release B, ]keep deadline, request refund of PAY-1
      CONFIRMING_PAID_ORDER         | refunding | CONFIRMING_PAID_ORDER         |
      CONFIRMING_PAID_ORDER         | refunded  | ENDING_DISPUTED_ORDER         |
      CONFIRMING_PAID_ORDER         | refused   | WAITING_FOR_PAYMENT           | keep deadline

      CANCELLING_UNPAID_ORDER       | placed    | CANCELLING_UNPAID_ORDER       |
      CANCELLING_UNPAID_ORDER       | requested | CANCELLING_UNPAID_ORDER       |
      CANCELLING_UNPAID_ORDER       | paid      | ENDING_DISPUTED_ORDER         | confirm
      CANCELLING_UNPAID_ORDER       | declined  | CANCELLING_UNPAID_ORDER       |
      CANCELLING_UNPAID_ORDER       | overdue   | ENDED                         | cancel for PAYMENT_TIMEOUT, stop deadline
      CANCELLING_UNPAID_ORDER       | confirmed | ENDED                         | [commit A, commit B, ]stop deadline
      CANCELLING_UNPAID_ORDER       | cancelled | ENDED                         | [release A, release B, ]stop deadline
      CANCELLING_UNPAID_ORDER       | refunding | CANCELLING_UNPAID_ORDER       |
      CANCELLING_UNPAID_ORDER       | refunded  | CANCELLING_UNPAID_ORDER       |
      CANCELLING_UNPAID_ORDER       | refused   | WAITING_FOR_PAYMENT           | keep deadline

      ENDING_DISPUTED_ORDER         | placed    | ENDING_DISPUTED_ORDER         |
      ENDING_DISPUTED_ORDER         | requested | ENDING_DISPUTED_ORDER         |
      ENDING_DISPUTED_ORDER         | paid      | ENDING_DISPUTED_ORDER         | confirm
      ENDING_DISPUTED_ORDER         | declined  | ENDING_DISPUTED_ORDER         |
      ENDING_DISPUTED_ORDER         | overdue   | ENDED                         | cancel for PAYMENT_TIMEOUT, stop deadline
      ENDING_DISPUTED_ORDER         | confirmed | ENDED                         | [commit A, commit B, ]stop deadline
      ENDING_DISPUTED_ORDER         | cancelled | ENDED                         | [release A, release B, ]stop deadline
      ENDING_DISPUTED_ORDER         | refunding | ENDING_DISPUTED_ORDER         |
      ENDING_DISPUTED_ORDER         | refunded  | ENDING_DISPUTED_ORDER         |
      ENDING_DISPUTED_ORDER         | refused   | WAITING_FOR_PAYMENT           | keep deadline

      CANCELLING_OVERDUE_ORDER      | placed    | CANCELLING_OVERDUE_ORDER      |
      CANCELLING_OVERDUE_ORDER      | requested | CANCELLING_OVERDUE_ORDER      |
      CANCELLING_OVERDUE_ORDER      | paid      | CONFIRMING_PAID_ORDER         | confirm
      CANCELLING_OVERDUE_ORDER      | declined  | CANCELLING_UNPAID_ORDER       |
      CANCELLING_OVERDUE_ORDER      | overdue   | ENDED                         | cancel for PAYMENT_TIMEOUT, stop deadline
      CANCELLING_OVERDUE_ORDER      | confirmed | ENDED                         | [commit A, commit B, ]stop deadline
      CANCELLING_OVERDUE_ORDER      | cancelled | CANCELLED_WAITING_FOR_PAYMENT | [release A, release B, ]keep deadline
      CANCELLING_OVERDUE_ORDER      | refunding | CANCELLING_OVERDUE_ORDER      |
      CANCELLING_OVERDUE_ORDER      | refunded  | CANCELLING_UNPAID_ORDER       |
      CANCELLING_OVERDUE_ORDER      | refused   | WAITING_FOR_PAYMENT           | keep deadline

      CANCELLED_WAITING_FOR_PAYMENT | placed    | CANCELLED_WAITING_FOR_PAYMENT |
      CANCELLED_WAITING_FOR_PAYMENT | requested | CANCELLED_WAITING_FOR_PAYMENT |
      CANCELLED_WAITING_FOR_PAYMENT | paid      | CANCELLED_REFUNDING           | confirm
      CANCELLED_WAITING_FOR_PAYMENT | declined  | ENDED                         | cancel for PAYMENT_FAILED, stop deadline
      CANCELLED_WAITING_FOR_PAYMENT | overdue   | ENDED                         | cancel for PAYMENT_TIMEOUT, stop deadline
      CANCELLED_WAITING_FOR_PAYMENT | confirmed | ENDED                         | confirm, [commit A, commit B, ]stop deadline
      CANCELLED_WAITING_FOR_PAYMENT | cancelled | CANCELLED_WAITING_FOR_PAYMENT |
      CANCELLED_WAITING_FOR_PAYMENT | refunding | CANCELLED_WAITING_FOR_PAYMENT |
      CANCELLED_WAITING_FOR_PAYMENT | refunded  | ENDED                         | confirm, stop deadline
      CANCELLED_WAITING_FOR_PAYMENT | refused   | WAITING_FOR_PAYMENT           | keep deadline

      CANCELLED_REFUNDING           | placed    | CANCELLED_REFUNDING           |
      CANCELLED_REFUNDING           | requested | CANCELLED_REFUNDING           |
      CANCELLED_REFUNDING           | paid      | CANCELLED_REFUNDING           | confirm
      CANCELLED_REFUNDING           | declined  | ENDED                         | stop deadline
      CANCELLED_REFUNDING           | overdue   | ENDED                         | stop deadline
      CANCELLED_REFUNDING           | confirmed | ENDED                         | [commit A, commit B, ]stop deadline
      CANCELLED_REFUNDING           | cancelled | CANCELLED_REFUNDING           |
      CANCELLED_REFUNDING           | refunding | CANCELLED_REFUNDING           |
      CANCELLED_REFUNDING           | refunded  | ENDED                         | stop deadline
      CANCELLED_REFUNDING           | refused   | WAITING_FOR_PAYMENT           | keep deadline

      ENDED                         | placed    | ENDED                         |
      ENDED                         | requested | ENDED                         |
      ENDED                         | paid      | ENDED                         |
      ENDED                         | declined  | ENDED                         |
      ENDED                         | overdue   | ENDED                         |
      ENDED                         | confirmed | ENDED                         |
      ENDED                         | cancelled | ENDED                         |
      ENDED                         | refunding | ENDED                         |
      ENDED                         | refunded  | ENDED                         |
      ENDED                         | refused   | WAITING_FOR_PAYMENT           | keep deadline
      """;

  private OrderSagaTable() {}

  /** Of what is written down, that of a saga of this release. */
  static String ofThisRelease(String decisions) {
    return decisions.replaceAll("\\[.*?]", "");
  }

  /** Of what is written down, that of a saga of an earlier release. */
  static String ofEarlierRelease(String decisions) {
    return decisions.replaceAll("[\\[\\]]", "");
  }

  static String[] cells(String line) {
    return Arrays.stream(line.split("\\|", -1)).map(String::strip).toArray(String[]::new);
  }
}
