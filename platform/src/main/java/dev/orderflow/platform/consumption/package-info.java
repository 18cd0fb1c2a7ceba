/** Reads the topics poll by poll, and tells events of ours from other records. */
@NullMarked
package dev.orderflow.platform.consumption;

import org.jspecify.annotations.NullMarked;
