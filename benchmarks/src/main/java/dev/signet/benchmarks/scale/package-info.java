/** What a node and its store do with millions of ended sessions: {@code benchmarks/scale} runs it on real stores and writes a page. */
package dev.signet.benchmarks.scale;
