/** The demo catalog, loaded through the front door. */
@NullMarked
package dev.orderflow.standalone.demo;

import org.jspecify.annotations.NullMarked;
