/** What Signet does on each request, measured beside its peers and beside a floor: the same content for everyone, sealed, opened and read into a record. */
package dev.signet.benchmarks;
