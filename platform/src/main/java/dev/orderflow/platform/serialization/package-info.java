/** How events become JSON and are read back. */
@NullMarked
package dev.orderflow.platform.serialization;

import org.jspecify.annotations.NullMarked;
