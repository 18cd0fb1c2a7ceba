package dev.orderflow.saga.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.ordering.EmailAddress;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** There is one idea of what an address is: the door takes nothing that the mailer refuses. */
class AcceptedAddressPropertyTest {
  private final Session session = Session.getInstance(new Properties());

  @Property
  void what_is_taken_at_the_door_is_taken_by_the_mailer(@ForAll("addresses") String address)
      throws Exception {
    Assume.that(isTaken(address));

    var mail =
        MimeMails.compose(
            new MimeMessage(session), "no-reply@orderflow.dev", new Mail("1", address, "s", "t"));

    assertThat(mail.getAllRecipients()).containsExactly(new InternetAddress(address, true));
    assertThat(((InternetAddress) mail.getAllRecipients()[0]).getAddress()).isEqualTo(address);
  }

  /** The mail library counts nothing; servers need take no more than RFC 5321, 4.5.3.1, says. */
  @Property
  void what_is_taken_is_as_long_as_every_server_takes_and_no_longer(
      @ForAll("lengths") List<Integer> lengths) {
    var local = "a".repeat(lengths.getFirst());
    var labels =
        lengths.stream().skip(1).map("b"::repeat).collect(Collectors.joining(".", "", ".com"));

    assertThat(isTaken(local + "@" + labels))
        .isEqualTo(
            lengths.getFirst() <= 64
                && lengths.stream().skip(1).allMatch(length -> length <= 63)
                && local.length() + 1 + labels.length() <= 254);
  }

  @Provide
  Arbitrary<List<Integer>> lengths() {
    return Arbitraries.integers().between(40, 66).list().ofMinSize(2).ofMaxSize(5);
  }

  private static boolean isTaken(String address) {
    try {
      var _ = new EmailAddress(address);
      return true;
    } catch (InvalidValueException _) {
      return false;
    }
  }

  @Provide
  Arbitrary<String> addresses() {
    var local =
        Arbitraries.strings().withChars("abZ09!#$%&'*+/=?^_`{|}~-.").ofMinLength(1).ofMaxLength(12);
    var domain =
        Arbitraries.strings()
            .withChars("abZ09-")
            .ofMinLength(1)
            .ofMaxLength(6)
            .list()
            .ofMinSize(1)
            .ofMaxSize(3);
    return Combinators.combine(local, domain, Arbitraries.of("com", "vn", "xn--p1ai"))
        .as((name, labels, last) -> name + "@" + String.join(".", labels) + "." + last);
  }
}
