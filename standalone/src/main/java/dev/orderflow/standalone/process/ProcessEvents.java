package dev.orderflow.standalone.process;

import java.time.Duration;

/** Told what happens to child processes; called from several threads. */
public interface ProcessEvents {
  /** A process runs, though it may not be ready. */
  void started(ProcessSpec spec, ProcessHandle process);

  /** A process is ready, {@code took} after its start. */
  void ready(ProcessSpec spec, Duration took, boolean again);

  /**
   * A process that had been ready before has ended without being asked, and comes back after {@code
   * delay}.
   */
  void died(ProcessSpec spec, String cause, Duration delay);

  /** A process may not be started, and is when it may. */
  void held(ProcessSpec spec);
}
