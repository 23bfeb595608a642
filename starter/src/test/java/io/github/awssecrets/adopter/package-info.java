/**
 * An application that adopts the starter, and its tests as a user writes them.
 */
package io.github.awssecrets.adopter;
