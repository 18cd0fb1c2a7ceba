/** The platform under test: started as its users start it, and mistreated. */
@NullMarked
package dev.orderflow.e2e.platform;

import org.jspecify.annotations.NullMarked;
