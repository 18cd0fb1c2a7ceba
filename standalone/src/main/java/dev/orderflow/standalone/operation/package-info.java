/** What operators do with a platform that runs. */
@NullMarked
package dev.orderflow.standalone.operation;

import org.jspecify.annotations.NullMarked;
