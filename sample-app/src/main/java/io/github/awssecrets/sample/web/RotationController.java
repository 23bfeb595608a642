package io.github.awssecrets.sample.web;

import io.github.awssecrets.sample.demo.DemoRotations;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Answers {@code POST /demo/rotate/<secret id>}: gives a secret of the embedded Secrets
 * Manager another value; with that of the database, the rotation has only begun. What
 * follows from that is up to the watcher, or to {@code POST /actuator/refresh}.
 */
@RestController
class RotationController {

	private final ObjectProvider<DemoRotations> rotations;

	RotationController(ObjectProvider<DemoRotations> rotations) {
		this.rotations = rotations;
	}

	@PostMapping("/demo/rotate/{*secretId}")
	Rotated rotate(@PathVariable String secretId) {
		DemoRotations rotations = this.rotations.getIfAvailable();
		if (rotations == null) {
			throw new IllegalStateException("Secrets come from elsewhere. Rotate them there, such as with: "
					+ "aws secretsmanager rotate-secret --secret-id ...");
		}
		String id = secretId.substring(1);
		return new Rotated(id, rotations.rotate(id));
	}

	@ExceptionHandler
	ProblemDetail unknown(IllegalArgumentException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, ex.getMessage());
	}

	@ExceptionHandler
	ProblemDetail elsewhere(IllegalStateException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, ex.getMessage());
	}

	/**
	 * The answer.
	 *
	 * @param secretId the secret
	 * @param versionId the new version
	 */
	record Rotated(String secretId, String versionId) {
	}

}
