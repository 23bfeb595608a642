/**
 * References side by side with what others do to the properties of an application: Spring
 * Cloud Config, its encrypted properties, and Jasypt. Each has a class path of its own,
 * see the executions of Failsafe in this module's {@code pom.xml}.
 */
@NullMarked
package io.github.awssecrets.others;

import org.jspecify.annotations.NullMarked;
