/** A small shop on Javalin and Signet: the reference to copy from. Start reading at {@link dev.signet.sample.SampleApp}. */
@NullMarked
package dev.signet.sample;

import org.jspecify.annotations.NullMarked;
