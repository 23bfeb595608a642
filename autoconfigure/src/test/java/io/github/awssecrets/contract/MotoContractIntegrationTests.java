package io.github.awssecrets.contract;

import org.junit.jupiter.api.Nested;

/**
 * The contract against {@code moto_server}, where it is on PATH.
 */
@Against(Backend.MOTO)
class MotoContractIntegrationTests {

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
