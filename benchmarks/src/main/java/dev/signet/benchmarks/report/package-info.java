/** Turns results of JMH into a page of tables and charts. What it says is computed from the results; only the targets are written down here. */
package dev.signet.benchmarks.report;
