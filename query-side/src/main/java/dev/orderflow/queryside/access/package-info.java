/** Who may call what. */
@NullMarked
package dev.orderflow.queryside.access;

import org.jspecify.annotations.NullMarked;
