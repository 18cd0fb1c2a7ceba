package dev.orderflow.saga.notification;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How customers are written to.
 *
 * @param mailDirectory where mails are kept as files when no mail server ({@code spring.mail.host})
 *     is configured
 * @param sender the sender's address, RFC 5322
 * @param defaultLocale the language for customers who named none
 * @param mailThreads how many mails one instance sends at once
 */
@Validated
@ConfigurationProperties("orderflow.notification")
public record NotificationProperties(
    @DefaultValue("mails") Path mailDirectory,
    @DefaultValue("Orderflow <no-reply@orderflow.dev>") String sender,
    @DefaultValue("vi") Locale defaultLocale,
    @DefaultValue("8") @Min(1) @Max(100) int mailThreads) {}
