package io.github.awssecrets.contract;

import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The known deviations of the backends from AWS. Those of moto were seen with moto
 * {@value MotoVersion#SEEN}. Those of LocalStack were read in its source, and in that of
 * moto, which answers for it where it has no answer of its own: nobody has seen them, so
 * a case that comes out otherwise fails nothing (see {@link Expectation}).
 */
final class Deviations {

	private static final List<Deviation> ALL = Stream.of(moto(), localStack()).flatMap((each) -> each).toList();

	private Deviations() {
	}

	static List<Deviation> all() {
		return ALL;
	}

	/**
	 * Find the deviation of a backend in a case.
	 * @param backend the backend
	 * @param test the method of the case
	 * @return the deviation, or {@code null} if none is known
	 */
	static @Nullable Deviation find(Backend backend, Method test) {
		String name = name(test);
		return ALL.stream()
			.filter((deviation) -> deviation.backend() == backend && deviation.test().equals(name))
			.findFirst()
			.orElse(null);
	}

	static String name(Method test) {
		return test.getDeclaringClass().getSimpleName().replace("Cases", ".") + test.getName();
	}

	private static Stream<Deviation> moto() {
		Backend moto = Backend.MOTO;
		return Stream.of(
				of(moto, was("404 ResourceNotFoundException"),
						"Answers what is not found with 404; AWS, with 400. The SDK goes by the error's code",
						"Secret.getWhenThereIsNoVersionIsNotFound", "Secret.getWhenArnHasOtherSuffixIsNotFound",
						"Secret.getWhenNameHasSuffixOfArnIsNotFound", "Secret.getWhenSecretIsUnknownIsNotFound",
						"Secret.getWhenOtherRegionIsNotFound", "Secret.getWhenDeletedAtOnceIsNotFound",
						"Secret.updateWhenSecretIsUnknownIsNotFound", "Secret.describeWhenSecretIsUnknownIsNotFound",
						"Secret.deleteWhenSecretIsUnknownIsNotFound", "Secret.restoreWhenSecretIsUnknownIsNotFound",
						"Version.putWhenSecretIsUnknownIsNotFound", "Version.getWhenVersionIdIsUnknownIsNotFound",
						"Version.getWhenStageIsUnknownIsNotFound", "Rotation.rotateWhenSecretIsUnknownIsNotFound",
						"Rotation.cancelWhenSecretIsUnknownIsNotFound"),
				of(moto, actual("[\"200\", \"200\", \"200\", \"404 ResourceNotFoundException\"]"),
						"Answers what is not found with 404", "Version.moveAttachesAndRemovesStage"),
				of(moto, was("404 InvalidRequestException"), "Answers it with 404, as what is not found",
						"Version.getWhenStageIsOfOtherVersionIsRefused"),
				of(moto, was("404 ResourceNotFoundException"), "Does not check the length of ids",
						"Secret.getWhenIdHas2049CharactersIsRefused", "Version.getWhenVersionIdIsTooShortIsRefused"),
				of(moto, was("200"), "Does not validate names and sizes",
						"Secret.createWhenNameHasOtherCharactersIsRefused",
						"Secret.createWhenNameHas513CharactersIsRefused",
						"Secret.createWhenValueHas65537BytesIsRefused", "Secret.createWhenTextAndBinaryIsRefused",
						"Listing.listWhenLimitIsTooLargeIsRefused"),
				of(moto, was("400 ResourceExistsException"), "Does not tell a deleted secret from others",
						"Secret.createWhenNameIsThatOfDeletedSecretIsRefused"),
				of(moto, was("500 null"), "Fails on input that it does not expect",
						"Secret.getWhenIdIsMissingIsRefused", "Version.listOfVersionsWhenSecretIsUnknownIsNotFound",
						"Batch.batchWhenTokenIsMadeUpIsRefused", "Listing.listWhenTokenIsMadeUpIsRefused"),
				of(moto, was("200"), "Changes a secret that is marked for deletion", "Version.putWhenDeletedIsRefused"),
				of(moto, actual("[1, 1]"),
						"Without a stage, answers the version that was put last, wherever AWSCURRENT is",
						"Version.moveOfCurrentMakesTheOtherPrevious"),
				of(moto, actual("[2, 2]"),
						"Without a stage, answers the version that was put last, wherever AWSCURRENT is",
						"Version.moveOfCurrentBackIsRollback"),
				of(moto, was("200"), "Takes AWSCURRENT away", "Version.moveOfCurrentToNoneIsRefused"),
				of(moto, "the following elements were unexpected", "Lists versions without stages, asked or not",
						"Version.listOfVersionsOmitsThoseWithoutStage"),
				of(moto, actual("[2]"), "Lists versions without pages",
						"Version.listOfVersionsWhenLimitedComesInPages"),
				of(moto, was("200"), "Has no limit of 20 ids, and wants neither ids nor filters",
						"Batch.batchWhenTwentyOneIdsIsRefused", "Batch.batchWhenNeitherIdsNorFiltersIsRefused"),
				of(moto, actual("[21]"), "Answers 100 secrets at once", "Batch.batchWhenFilteredAnswersPagesOfTwenty"),
				of(moto, was("404 ResourceNotFoundException"), "One secret without a version fails the whole batch",
						"Batch.batchWhenSecretHasNoVersionSucceeds"),
				of(moto, "but was \"", "Ignores the order", "Listing.listWhenDescendingBeginsWithTheNewest"),
				of(moto, was("400 InvalidParameterValue"), "Refuses it with a code of its own",
						"Rotation.passwordWhenTooLongIsRefused"),
				of(moto, was("400 InvalidParameterException"), "Refuses it with another code of the service",
						"Rotation.rotateWhenDaysAreTooManyIsRefused"),
				of(moto, was("400 InvalidParameterException"), "Wants four characters, whatever is required",
						"Rotation.passwordWhenTypesAreNotRequiredMayBeShort"),
				of(moto, was("500 null"), "Fails on input that it does not expect",
						"Rotation.passwordWhenRequiredTypeIsExcludedByItsCharactersIsRefused"),
				of(moto, was("200"), "Rotates without a function, and ignores schedule expressions",
						"Rotation.rotateWhenThereIsNoFunctionIsRefused",
						"Rotation.rotateWhenScheduleIsGivenTwiceIsRefused"),
				of(moto, "No secret '", "Does not tell a missing stage from a missing secret",
						"Starter.missingStageIsReported"))
			.flatMap((each) -> each);
	}

	private static Stream<Deviation> localStack() {
		Backend localStack = Backend.LOCALSTACK;
		return Stream.of(
				of(localStack, was("400 ResourceExistsException"), "Knows no repeated creation",
						"Secret.createWhenRepeatedWithTokenAndValueIsTheSame"),
				of(localStack, was("400 ValidationException"), "Does not accept an exclamation mark",
						"Secret.createWhenNameHasAllAllowedCharactersIsAccepted"),
				of(localStack, was("400 ResourceNotFoundException"), "Does not check the length of ids",
						"Secret.getWhenIdHas2049CharactersIsRefused", "Version.getWhenVersionIdIsTooShortIsRefused"),
				of(localStack, was("200"), "Does not validate sizes", "Secret.createWhenNameHas513CharactersIsRefused",
						"Secret.createWhenValueHas65537BytesIsRefused", "Secret.createWhenTextAndBinaryIsRefused",
						"Listing.listWhenLimitIsTooLargeIsRefused"),
				of(localStack, "but was: \"500 ", "Fails on input that it does not expect",
						"Secret.getWhenIdIsMissingIsRefused", "Batch.batchWhenTokenIsMadeUpIsRefused",
						"Listing.listWhenTokenIsMadeUpIsRefused"),
				of(localStack, was("200"), "Changes a secret that is marked for deletion",
						"Version.putWhenDeletedIsRefused"),
				of(localStack, was("200"), "Takes AWSCURRENT away", "Version.moveOfCurrentToNoneIsRefused"),
				of(localStack, was("400 ResourceNotFoundException"), "Forgets a version with its last stage",
						"Version.getWhenVersionHasNoStageLeftStillAnswersIt"),
				of(localStack, "could not find the following elements", "Forgets a version with its last stage",
						"Version.listOfVersionsWhenAskedTellsThoseWithoutStage"),
				of(localStack, "has no version", "Forgets a version with its last stage", "Starter.versionIsRead"),
				of(localStack, actual("[2]"), "Lists versions without pages",
						"Version.listOfVersionsWhenLimitedComesInPages"),
				of(localStack, was("200"), "Has no limit of 20 ids, and wants neither ids nor filters",
						"Batch.batchWhenTwentyOneIdsIsRefused", "Batch.batchWhenNeitherIdsNorFiltersIsRefused"),
				of(localStack, actual("[21]"), "Answers 100 secrets at once",
						"Batch.batchWhenFilteredAnswersPagesOfTwenty"),
				of(localStack, was("404 ResourceNotFoundException"),
						"One secret without a version fails the whole batch",
						"Batch.batchWhenSecretHasNoVersionSucceeds"),
				of(localStack, "but was \"", "Ignores the order", "Listing.listWhenDescendingBeginsWithTheNewest"))
			.flatMap((each) -> each);
	}

	/** The second half of an assertion of equality: what was observed instead. */
	private static String was(String outcome) {
		return "but was: \"%s\"".formatted(outcome);
	}

	/** The first half of an assertion about a list: what was observed instead. */
	private static String actual(String list) {
		return "Expecting actual:%n  %s%n".formatted(list);
	}

	private static Stream<Deviation> of(Backend backend, String instead, String reason, String... tests) {
		return Stream.of(tests).map((test) -> new Deviation(backend, test, instead, reason));
	}

}
