package io.github.awssecrets.contract;

import org.junit.jupiter.api.Nested;

/**
 * The contract against the embedded server, which must not deviate anywhere.
 */
@Against(Backend.EMBEDDED)
class EmbeddedContractIntegrationTests {

	@Nested
	class Secrets extends SecretCases {

	}

	@Nested
	class Versions extends VersionCases {

	}

	@Nested
	class Batch extends BatchCases {

	}

	@Nested
	class Listing extends ListingCases {

	}

	@Nested
	class Rotation extends RotationCases {

	}

	@Nested
	class Starter extends StarterCases {

	}

}
