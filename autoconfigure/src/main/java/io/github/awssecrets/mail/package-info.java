/**
 * Mail senders whose credentials follow rotations. The entry point is
 * {@link io.github.awssecrets.mail.MailSenderPostProcessor}.
 */
@NullMarked
package io.github.awssecrets.mail;

import org.jspecify.annotations.NullMarked;
