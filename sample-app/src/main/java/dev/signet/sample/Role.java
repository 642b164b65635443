package dev.signet.sample;

import io.javalin.security.RouteRole;

/** What may be done in the administration. */
enum Role implements RouteRole {
    /** May end everybody's sessions. */
    ADMIN
}
