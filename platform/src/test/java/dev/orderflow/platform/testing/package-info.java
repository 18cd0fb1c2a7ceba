/** Real servers for integration tests, on free ports, one of each per JVM. */
@NullMarked
package dev.orderflow.platform.testing;

import org.jspecify.annotations.NullMarked;
