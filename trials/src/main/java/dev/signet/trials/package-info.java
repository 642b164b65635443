/** Sign-outs under faults, and how fast they spread: application processes, the real stores, and a driver that breaks both. */
@org.jspecify.annotations.NullMarked
package dev.signet.trials;
