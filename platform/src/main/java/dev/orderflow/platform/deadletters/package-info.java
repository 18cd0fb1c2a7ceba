/**
 * Dead letters: records and tasks that cannot proceed, and what follows them. They are kept, shown
 * to staff, and sent on or discarded. A service hands in what is done with a letter that is sent
 * on; everything else is here.
 */
@NullMarked
package dev.orderflow.platform.deadletters;

import org.jspecify.annotations.NullMarked;
