package io.github.awssecrets.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs the cases that are nested in a test class against a backend, which is started for
 * that class. If the backend is not there, they are skipped with the reason.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ContractExtension.class)
@interface Against {

	/**
	 * The backend.
	 * @return the backend
	 */
	Backend value();

}
