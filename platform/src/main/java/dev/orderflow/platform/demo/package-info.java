/** What breaks a platform on purpose, for learners and sales; never in production. */
@NullMarked
package dev.orderflow.platform.demo;

import org.jspecify.annotations.NullMarked;
