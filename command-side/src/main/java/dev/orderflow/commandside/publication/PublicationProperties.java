package dev.orderflow.commandside.publication;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How committed events get to Kafka.
 *
 * @param linger least time from one batch of ten events or more to the next, in which events
 *     gather: every batch costs the publisher and all consumers the same, whatever is in it. After
 *     fewer events it is that much shorter
 * @param fallbackPoll how often new events are looked for when no signal came; signals make it a
 *     net that is rarely needed
 */
@ConfigurationProperties("orderflow.publication")
record PublicationProperties(
    @DefaultValue("50ms") Duration linger, @DefaultValue("1s") Duration fallbackPoll) {}
