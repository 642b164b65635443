/** The libraries that seal and open the same content, each through its public API as its documentation shows it. */
package dev.signet.benchmarks.peers;
