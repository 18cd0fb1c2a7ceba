/** What the logs of every service are spared. */
@NullMarked
package dev.orderflow.platform.logging;

import org.jspecify.annotations.NullMarked;
