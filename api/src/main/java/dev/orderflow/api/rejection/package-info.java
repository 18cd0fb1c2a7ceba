/** Why a command was refused by a rule of the business. */
@NullMarked
package dev.orderflow.api.rejection;

import org.jspecify.annotations.NullMarked;
