/** Who calls, and who we are when we call. */
@NullMarked
package dev.orderflow.platform.security;

import org.jspecify.annotations.NullMarked;
