package io.github.awssecrets.sample.orders;

/**
 * Who the database says that we are.
 *
 * @param user the role that is logged in
 * @param version the version of the server
 */
public record DatabaseSession(String user, String version) {
}
