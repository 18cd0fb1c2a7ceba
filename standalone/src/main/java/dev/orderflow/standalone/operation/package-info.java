/** What operators have the platform do beside its daily work. */
@NullMarked
package dev.orderflow.standalone.operation;

import org.jspecify.annotations.NullMarked;
