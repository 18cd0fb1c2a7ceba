package dev.orderflow.saga.simulation;

/** What a simulation has to come by, or else it proves little. */
public enum Coverage {
  /** An order was confirmed. */
  CONFIRMED,
  /** An order was cancelled because its payment was declined. */
  DECLINED,
  /** An order was cancelled because its payment took too long. */
  OVERDUE,
  /** A customer cancelled while the provider's answer was not known. */
  CANCELLED_WHILE_PAYING,
  /** A customer cancelled what was paid but not confirmed. */
  CANCELLED_WHEN_PAID,
  /** A confirmation came too late. */
  CONFIRMED_TOO_LATE,
  /** Money of an order that had been cancelled as overdue was given back. */
  LATE_SUCCESS_REFUNDED,
  /** An overdue order was paid and confirmed all the same. */
  CONFIRMED_ALTHOUGH_OVERDUE,
  /** There was not enough stock for an order. */
  SOLD_OUT,
  /** The provider has moved money and its answer was lost. */
  ANSWER_LOST,
  /** The provider has moved money after its answer was no longer waited for. */
  LATE_ANSWER,
  /** The provider was asked again with the same key. */
  ASKED_AGAIN,
  /** A call has failed. */
  FAILURE,
  /** A process has crashed. */
  CRASH,
  /** A transaction was rolled back after it had written something. */
  ROLLED_BACK,
  /** Records came again. */
  RECORDS_AGAIN,
  /** A task was begun that another instance had begun and was still at, or had died at. */
  TASK_BEGUN_TWICE,
  /** A poll was worked on in the middle of another one. */
  INSTANCES_MET,
  /** A poll was thrown away, for others had changed its sagas meanwhile. */
  OVERTAKEN,
  /** A process has crashed after commands were decided, and before anything of it was written. */
  CRASH_BETWEEN_SEND_AND_COMMIT,
  /** One command of several has thrown, and the others were decided. */
  ONE_OF_A_GROUP_THREW,
  /** Several commands were sent, of which some were decided, and none was answered. */
  GROUP_NOT_ANSWERED,
  /** The provider has answered when the poll had gone on, and the task of it went. */
  RECORDED_LATE
}
