package dev.orderflow.platform.error;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Import;

/** REST endpoints of ours answer errors as problems, or break off. */
@AutoConfiguration
@Import({ProblemAdvice.class, BrokenResponses.class})
public class ProblemAutoConfiguration {}
