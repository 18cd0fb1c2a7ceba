package dev.orderflow.platform.error;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Import;

/** REST endpoints of ours answer errors as problems. */
@AutoConfiguration
@Import(ProblemAdvice.class)
public class ProblemAutoConfiguration {}
