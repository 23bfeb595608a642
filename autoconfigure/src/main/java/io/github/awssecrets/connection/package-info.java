/**
 * Where an emulator of AWS Secrets Manager listens that was started for the application:
 * connection details as Spring Boot has them for databases. Begin with
 * {@link io.github.awssecrets.connection.ServiceConnections}.
 */
@NullMarked
package io.github.awssecrets.connection;

import org.jspecify.annotations.NullMarked;
