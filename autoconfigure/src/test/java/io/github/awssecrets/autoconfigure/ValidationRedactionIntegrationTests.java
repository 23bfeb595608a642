package io.github.awssecrets.autoconfigure;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;

import io.github.awssecrets.testing.AbstractApplicationTests;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.CanaryScanner;
import io.github.awssecrets.testing.FailedStart;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Size;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.context.annotation.Configuration;
import org.springframework.validation.Errors;
import org.springframework.validation.Validator;
import org.springframework.validation.annotation.Validated;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that properties from secrets that are invalid are reported with their
 * constraints, without their values.
 */
class ValidationRedactionIntegrationTests extends AbstractApplicationTests {

	@BeforeEach
	void createSecret() {
		String text = "a${x}b" + Canary.value("prod/db.text", 1);
		server.create("prod/db", "{\"number\":12345,\"empty\":\"\",\"text\":\"%s\",%s"
			.formatted(text.replace("\"", "\\\""), Canary.json("prod/db", 1, "password").substring(1)));
	}

	@Test
	void reportWhenValuesAreInvalidNamesConstraints(CapturedOutput output) {
		FailedStart start = start("""
				valid:
				  number: $<secret:prod/db.number>
				  text: $<secret:prod/db.text>
				  mail-address: $<secret:prod/db.text>
				  empty: $<secret:prod/db.empty>
				  shown: $<secret:prod/db.text>
				  plain: plain
				  list: [ one, $<secret:prod/db.text> ]
				  nested.token: $<secret:prod/db.text>
				""", Binding.class, output);
		assertThat(report(start)).isEqualTo("""
				Failed to bind properties under 'valid' to Properties:

				    Property: valid.empty
				    Value: not shown, as it comes from a secret
				    Origin: URL [application.yml] - 5:10 (secret prod/db, version VERSION)
				    Reason: must not be empty

				    Property: valid.list
				    Value: not shown, as it comes from a secret
				    Origin: URL [application.yml] - 8:16 (secret prod/db, version VERSION)
				    Reason: size must be between 0 and 1

				    Property: valid.list[1]
				    Value: not shown, as it comes from a secret
				    Origin: URL [application.yml] - 8:16 (secret prod/db, version VERSION)
				    Reason: size must be between 0 and 5

				    Property: valid.mail-address
				    Value: not shown, as it comes from a secret
				    Origin: URL [application.yml] - 4:17 (secret prod/db, version VERSION)
				    Reason: must be a well-formed email address

				    Property: valid.nested.token
				    Value: not shown, as it comes from a secret
				    Origin: URL [application.yml] - 9:17 (secret prod/db, version VERSION)
				    Reason: size must be between 0 and 3

				    Property: valid.number
				    Value: not shown, as it comes from a secret
				    Origin: URL [application.yml] - 2:11 (secret prod/db, version VERSION)
				    Reason: must be greater than or equal to 100000

				    Property: valid.plain
				    Value: "plain"
				    Origin: URL [application.yml] - 7:10
				    Reason: size must be between 10 and 2147483647

				    Property: valid.shown
				    Value: not shown, as it comes from a secret
				    Origin: URL [application.yml] - 6:10 (secret prod/db, version VERSION)
				    Reason: it violates Shown, whose message is not shown, as it holds the value

				    Property: valid.text
				    Value: not shown, as it comes from a secret
				    Origin: URL [application.yml] - 3:9 (secret prod/db, version VERSION)
				    Reason: size must be between 0 and 3

				Action:

				Correct the secret, the reference, or the type of the property.
				""");
	}

	@Test
	void reportWhenBeanIsInvalidAsAWholeDoesNotShowValues(CapturedOutput output) {
		FailedStart start = start("""
				whole:
				  user: app
				  password: $<secret:prod/db.password>
				""", WholeBinding.class, output);
		assertThat(report(start)).isEqualTo("""
				Failed to bind properties under 'whole' to WholeProperties:

				    Property: whole
				    Value: not shown, as it comes from a secret
				    Reason: is not consistent

				    Property: whole
				    Value: not shown, as it comes from a secret
				    Reason: it violates Consistent, whose message is not shown, as it holds the value

				Action:

				Correct the secret, the reference, or the type of the property.
				""");
	}

	@Test
	void reportWhenValidatorShowsValueDoesNotShowIt(CapturedOutput output) {
		FailedStart start = start("""
				own:
				  password: $<secret:prod/db.text>
				""", OwnBinding.class, output);
		assertThat(report(start)).isEqualTo("""
				Failed to bind properties under 'own' to OwnProperties:

				    Property: own
				    Value: not shown, as it comes from a secret
				    Reason: is too good

				    Property: own.password
				    Value: not shown, as it comes from a secret
				    Origin: URL [application.yml] - 2:13 (secret prod/db, version VERSION)
				    Reason: is too short

				    Property: own.password
				    Value: not shown, as it comes from a secret
				    Origin: URL [application.yml] - 2:13 (secret prod/db, version VERSION)
				    Reason: it violates too.weak, whose message is not shown, as it holds the value

				Action:

				Correct the secret, the reference, or the type of the property.
				""");
	}

	@Test
	void reportWhenNothingIsFromSecretsIsThatOfBoot(CapturedOutput output) {
		FailedStart start = start("""
				a: $<secret:prod/db.text>
				own:
				  password: plain
				""", OwnBinding.class, output);
		assertThat(report(start)).isEqualTo("""
				Binding to target OwnProperties failed:

				    Property: own.password
				    Value: "plain"
				    Origin: URL [application.yml] - 3:13
				    Reason: plain is too weak

				    Property: own.password
				    Value: "plain"
				    Origin: URL [application.yml] - 3:13
				    Reason: is too short

				    Reason: is too good


				Action:

				Update your application's configuration
				""");
	}

	private FailedStart start(String yaml, Class<?> binding, CapturedOutput output) {
		FailedStart start = FailedStart.of(application().arguments("--debug").yaml(yaml).classes(binding), output);
		assertThat(CanaryScanner.scan("output", start.output())).isEmpty();
		assertThat(CanaryScanner.scan("exception", start.exception())).isEmpty();
		return start;
	}

	private static String report(FailedStart start) {
		return start.report()
			.replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "VERSION")
			.replaceAll("file:[^\\]]*/", "")
			.replace(ValidationRedactionIntegrationTests.class.getName() + "$", "");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(Properties.class)
	static class Binding {

	}

	@Validated
	@ConfigurationProperties("valid")
	record Properties(@Min(100000) int number, @Size(max = 3) String text, @Email String mailAddress,
			@NotEmpty String empty, @Shown String shown, @Size(min = 10) String plain,
			@Size(max = 1) List<@Size(max = 5) String> list, @Valid Nested nested) {

	}

	record Nested(@Size(max = 3) String token) {

	}

	@Target({ ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT })
	@Retention(RetentionPolicy.RUNTIME)
	@Constraint(validatedBy = ShownValidator.class)
	@interface Shown {

		String message() default "'${validatedValue}' is not good";

		Class<?>[] groups() default {};

		Class<? extends Payload>[] payload() default {};

	}

	static class ShownValidator implements ConstraintValidator<Shown, String> {

		@Override
		public boolean isValid(String value, ConstraintValidatorContext context) {
			return false;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(WholeProperties.class)
	static class WholeBinding {

	}

	@Validated
	@Consistent
	@ConfigurationProperties("whole")
	record WholeProperties(String user, String password) {

	}

	@Target(ElementType.TYPE)
	@Retention(RetentionPolicy.RUNTIME)
	@Constraint(validatedBy = ConsistentValidator.class)
	@interface Consistent {

		String message() default "is not consistent";

		Class<?>[] groups() default {};

		Class<? extends Payload>[] payload() default {};

	}

	static class ConsistentValidator implements ConstraintValidator<Consistent, WholeProperties> {

		@Override
		public boolean isValid(WholeProperties value, ConstraintValidatorContext context) {
			context.buildConstraintViolationWithTemplate("starts with " + value.password().substring(0, 12))
				.addConstraintViolation();
			return false;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(OwnProperties.class)
	static class OwnBinding {

	}

	@ConfigurationProperties("own")
	record OwnProperties(String password) implements Validator {

		@Override
		public boolean supports(Class<?> type) {
			return type == OwnProperties.class;
		}

		@Override
		public void validate(Object target, Errors errors) {
			String text = ((OwnProperties) target).password();
			errors.rejectValue("password", "too.weak", text + " is too weak");
			errors.rejectValue("password", "too.short", "is too short");
			errors.reject("too.good", "is too good");
		}

	}

}
