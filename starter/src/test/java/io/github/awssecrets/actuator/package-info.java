/**
 * Web applications with the actuator, and what it tells and does.
 */
package io.github.awssecrets.actuator;
