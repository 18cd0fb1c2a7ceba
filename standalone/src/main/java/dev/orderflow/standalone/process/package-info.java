/** Child processes: started, watched, restarted, stopped, and found again after a crash. */
@NullMarked
package dev.orderflow.standalone.process;

import org.jspecify.annotations.NullMarked;
