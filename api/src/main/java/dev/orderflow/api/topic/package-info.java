/** Where events are published: topics and the keys of their records. */
@NullMarked
package dev.orderflow.api.topic;

import org.jspecify.annotations.NullMarked;
