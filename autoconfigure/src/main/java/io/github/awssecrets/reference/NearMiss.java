package io.github.awssecrets.reference;

/**
 * A place in a raw text that looks like a reference but is none, so that it stays literal
 * text.
 *
 * @param text what stands there instead of <code>$&lt;secret:</code>, such as
 * <code>$&lt;secrets:</code>; nothing of what follows
 * @param column where it starts, counted in {@code char}s from 1
 */
public record NearMiss(String text, int column) {

}
