package dev.signet.sample;

import io.javalin.security.RouteRole;

/** What a person may do besides shopping. */
enum Role implements RouteRole {
    /** May end everybody's sessions. */
    ADMIN
}
