/** What can be asked about products. */
@NullMarked
package dev.orderflow.queryside.catalog.application;

import org.jspecify.annotations.NullMarked;
