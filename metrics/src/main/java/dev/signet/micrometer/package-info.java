/** What happens to sessions and revocations, as Micrometer meters. */
package dev.signet.micrometer;
