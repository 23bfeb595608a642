/**
 * The contract of AWS Secrets Manager as this project relies on it: one suite of cases
 * that runs against every backend there is.
 * <p>
 * Cases extend {@link io.github.awssecrets.contract.ContractCases}: most look at what the
 * service answers, {@link io.github.awssecrets.contract.StarterCases} at what an
 * application gets. Each {@link io.github.awssecrets.contract.Backend} has one test class
 * that names the cases. Where a backend is known to differ from AWS,
 * {@link io.github.awssecrets.contract.Deviations} says so, and the case then has to fail
 * in just that way. {@link io.github.awssecrets.contract.ContractListener} prints who
 * took part.
 */
@NullMarked
package io.github.awssecrets.contract;

import org.jspecify.annotations.NullMarked;
