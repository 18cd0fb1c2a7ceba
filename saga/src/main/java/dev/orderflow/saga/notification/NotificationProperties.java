package dev.orderflow.saga.notification;

import java.nio.file.Path;
import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How customers are written to.
 *
 * @param mailDirectory where mails are kept as files when no mail server ({@code spring.mail.host})
 *     is configured
 * @param sender the sender's address, RFC 5322
 * @param defaultLocale the language for customers who named none
 */
@ConfigurationProperties("orderflow.notification")
public record NotificationProperties(
    @DefaultValue("mails") Path mailDirectory,
    @DefaultValue("Orderflow <no-reply@orderflow.dev>") String sender,
    @DefaultValue("vi") Locale defaultLocale) {}
