/** The platform of a data directory: started, kept running, described to others, stopped. */
@NullMarked
package dev.orderflow.standalone.platform;

import org.jspecify.annotations.NullMarked;
