package dev.orderflow.commandside.ordering.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.google.common.collect.Iterators;
import dev.orderflow.api.Meaning;
import dev.orderflow.api.MeaningOf;
import dev.orderflow.api.ordering.Contact;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.UserId;
import dev.orderflow.commandside.ordering.application.ContactStore.GivenContact;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is stored about a customer, as JSON. Its text form shows nothing of it.
 *
 * @param contacts read while they are written, since there may be many
 */
@Schema(name = "PersonalData")
record PersonalDataJson(
    @MeaningOf(UserId.class) String userId,
    @Meaning("The contact data of the customer's orders; none once erased.")
        Iterator<OrderContactJson> contacts,
    @Meaning("What else is stored, and stays when contact data are erased.") List<KeptJson> kept) {
  private static final List<KeptJson> KEPT =
      List.of(
          new KeptJson(
              "userId",
              "The subject of the customer's token. It is in the events of the orders, and so in the"
                  + " event store, on Kafka and in the views, and in the orders' idempotency keys."
                  + " Events are never changed, so an erasure leaves it."),
          new KeptJson(
              "orders",
              "The customer's orders: their ids, products, prices, times and states, their payments"
                  + " and the payment provider's name of the means of payment. An erasure leaves"
                  + " them, without contact data. GET /orders lists them."),
          new KeptJson(
              "mails",
              "Mails that were sent about orders are with the mail server, not here. An erasure does"
                  + " not reach them; none is sent afterwards."),
          new KeptJson(
              "backups",
              "Copies of the database hold what was stored when they were made, until their operator"
                  + " deletes them."));

  static PersonalDataJson of(UserId userId, Iterator<GivenContact> contacts) {
    return new PersonalDataJson(
        userId.value(), Iterators.transform(contacts, OrderContactJson::of), KEPT);
  }

  @Override
  public String toString() {
    return "PersonalDataJson[personal data]";
  }

  /**
   * The contact that was given with an order, as JSON. Its text form shows nothing of it.
   *
   * @param name what was not given is left out
   */
  @Schema(name = "OrderContact")
  @MeaningOf(Contact.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record OrderContactJson(
      @MeaningOf(OrderId.class) String orderId,
      @Nullable String name,
      @Nullable String email,
      @Nullable String address,
      @Nullable String locale) {
    static OrderContactJson of(GivenContact given) {
      var contact = given.contact().contact();
      return new OrderContactJson(
          given.orderId().value(),
          contact.name(),
          contact.email(),
          contact.address(),
          contact.locale());
    }

    @Override
    public String toString() {
      return "OrderContactJson[personal data]";
    }
  }

  /** Something that stays, as JSON. */
  @Schema(name = "Kept")
  record KeptJson(
      @Meaning("What it is, in a word for programs.") String what,
      @Meaning("What it is, where, and how long; for a person.") String explanation) {}
}
