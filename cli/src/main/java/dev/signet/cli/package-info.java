/** Keys, tokens and revocations from a terminal. */
@NullMarked
package dev.signet.cli;

import org.jspecify.annotations.NullMarked;
