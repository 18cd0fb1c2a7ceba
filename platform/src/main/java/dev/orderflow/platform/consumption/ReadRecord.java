package dev.orderflow.platform.consumption;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record, and what it is to us. */
public record ReadRecord(ConsumerRecord<String, byte[]> record, Reading reading) {}
