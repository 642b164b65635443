/** The whole server, measured with each way to keep sessions: the same endpoint under the same load. */
@org.jspecify.annotations.NullMarked
package dev.signet.benchmarks.server;
