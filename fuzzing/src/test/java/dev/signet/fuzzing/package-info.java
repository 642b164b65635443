/** Fuzz targets. As tests they try their seeds and everything that ever failed; {@code fuzzing/run} looks for more. */
@NullMarked
package dev.signet.fuzzing;

import org.jspecify.annotations.NullMarked;
