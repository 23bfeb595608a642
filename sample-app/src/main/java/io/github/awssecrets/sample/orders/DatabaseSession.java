package io.github.awssecrets.sample.orders;

/**
 * Who the database says that we are.
 *
 * @param user the role that is logged in
 * @param version the version of the server
 * @param process the id of the server's process, of which each connection has its own
 */
public record DatabaseSession(String user, String version, int process) {
}
