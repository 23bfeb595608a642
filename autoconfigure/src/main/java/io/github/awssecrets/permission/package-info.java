/**
 * What an application has to be allowed in AWS, as an IAM policy. The entry point is
 * {@link io.github.awssecrets.permission.PermissionPolicy#of}.
 */
@NullMarked
package io.github.awssecrets.permission;

import org.jspecify.annotations.NullMarked;
