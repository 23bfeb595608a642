package io.github.awssecrets.env;

import java.io.PrintStream;
import java.util.Map;

import io.github.awssecrets.testing.SystemProperties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PolicyCommand}, and of what it finds.
 */
class PolicyCommandTests {

	private final TestContext context = new TestContext().properties("command", "aws.secrets.print-policy", "true",
			"aws.secrets.region", "eu-west-1");

	@AfterEach
	void nothingWasRetrieved() {
		assertThat(this.context.retrievals()).isZero();
		this.context.close();
	}

	@Test
	void runWhenPropertiesHoldReferencesPrintsPolicyForThoseThatAreEffective() {
		this.context.variable("APP_SHADOWED", "plain").yaml("""
				aws.secrets.jdbc.secret: prod/named
				app:
				  shadowed: $<secret:prod/shadowed.key>
				  plain: $<secret:prod/plain.key>
				  elsewhere: $<secret:prod/elsewhere?region=us-east-1>
				  stage: $<secret:prod/stage.key?stage=AWSPREVIOUS>
				  chosen: ${APP_CHOSEN:$<secret:prod/chosen.key>}
				  fallback: $<secret:prod/first.key:${app.second}>
				  second: $<secret:prod/second.key:none>
				""");
		assertThat(policy()).isEqualTo("""
				{
				  "Version": "2012-10-17",
				  "Statement": [
				    {
				      "Effect": "Allow",
				      "Action": "secretsmanager:BatchGetSecretValue",
				      "Resource": "*"
				    },
				    {
				      "Effect": "Allow",
				      "Action": [
				        "secretsmanager:GetSecretValue",
				        "secretsmanager:DescribeSecret"
				      ],
				      "Resource": [
				        "arn:aws:secretsmanager:eu-west-1:*:secret:prod/chosen-??????",
				        "arn:aws:secretsmanager:eu-west-1:*:secret:prod/first-??????",
				        "arn:aws:secretsmanager:eu-west-1:*:secret:prod/named-??????",
				        "arn:aws:secretsmanager:eu-west-1:*:secret:prod/plain-??????",
				        "arn:aws:secretsmanager:eu-west-1:*:secret:prod/second-??????",
				        "arn:aws:secretsmanager:eu-west-1:*:secret:prod/stage-??????",
				        "arn:aws:secretsmanager:us-east-1:*:secret:prod/elsewhere-??????"
				      ]
				    }
				  ]
				}""");
	}

	@Test
	void runWhenImportIsNotAllowedNamesItAndPrintsNothing() {
		this.context.yaml("aws.secrets.allowed: dev/*").imported("secret:prod/db");
		assertThatExceptionOfType(UnresolvedReferenceException.class).isThrownBy(this.context::start)
			.satisfies((ex) -> assertThat(ex.getProblems()).extracting(ReferenceProblem::reference)
				.containsExactly("secret:prod/db"));
		assertThat(this.context.printed()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "--aws.secrets.print-policy=true", "--aws.secrets.printPolicy=true" })
	void prepareWhenCommandIsGivenKeepsStandardOutputFree(String argument) {
		assertThat(outputAfterPreparing("--server.port=0", argument)).isSameAs(System.err);
	}

	@Test
	void prepareWhenCommandIsGivenAsSystemPropertyKeepsStandardOutputFree() {
		PrintStream output = SystemProperties.during(Map.of("aws.secrets.print-policy", "true"),
				() -> outputAfterPreparing());
		assertThat(output).isSameAs(System.err);
	}

	@ParameterizedTest
	@ValueSource(strings = { "--server.port=0", "--aws.secrets.print-policy=false", "--aws.secrets.region=eu-west-1" })
	void prepareWhenCommandIsNotGivenLeavesStandardOutput(String argument) {
		assertThat(outputAfterPreparing(argument)).isSameAs(System.out);
	}

	private PrintStream outputAfterPreparing(String... arguments) {
		PrintStream before = System.out;
		try {
			new PolicyCommand((status) -> {
			}, null).prepare(arguments);
			return System.out;
		}
		finally {
			System.setOut(before);
		}
	}

	@Test
	void runWhenAnnotationsOfBeansHoldReferencesFindsThemWithoutCreatingBeans() {
		assertThat(policy(FieldOfBean.class, ConstructorOfBean.class, Methods.class, Declaring.class)).contains(
				"secret:prod/field-??????", "secret:prod/constructor-??????", "secret:prod/setter-??????",
				"secret:prod/parameter-??????", "secret:prod/declared-??????", "secret:prod/composed-??????");
	}

	@Test
	void runWhenPropertySourceOfBeanHoldsReferenceFindsIt() {
		assertThat(policy(Annotated.class)).contains("secret:prod/other-??????");
	}

	@Test
	void runWhenConditionReadsReferenceGoesOn() {
		this.context.yaml("app.key: $<secret:prod/plain.key>");
		assertThat(policy(Conditional.class)).contains("secret:prod/plain-??????", "secret:prod/conditional-??????");
	}

	@Test
	void runWhenThereAreNoReferencesPrintsPolicyThatAllowsNothing() {
		assertThat(policy()).contains("\"Statement\": []");
	}

	@Test
	void runWhenNothingIsRetrievedFromAwsPrintsPolicyThatAllowsNothing() {
		this.context.yaml("""
				aws.secrets.enabled: false
				app.key: $<secret:prod/plain.key>
				""");
		assertThat(policy()).contains("\"Statement\": []");
	}

	@Test
	void runWhenReferencesCanNeverBeResolvedNamesThemAllAndPrintsNothing() {
		this.context.yaml("""
				aws.secrets.allowed: prod/*
				aws.secrets.fail-fast: false
				app:
				  open: $<secret:prod/plain.key
				  other: $<secret:dev/plain.key>
				  placeholder: ${missing}/$<secret:prod/plain.key>
				  good: $<secret:prod/plain.key>
				""");
		assertThatExceptionOfType(UnresolvedReferenceException.class).isThrownBy(this.context::start)
			.satisfies((ex) -> assertThat(ex.getProblems()).extracting(ReferenceProblem::property)
				.containsExactlyInAnyOrder("app.open", "app.other", "app.placeholder"));
		assertThat(this.context.printed()).isEmpty();
		assertThat(this.context.exits()).isEmpty();
	}

	@Test
	void runWhenReferenceInAnnotationIsNotAllowedFails() {
		this.context.yaml("aws.secrets.allowed: dev/*");
		assertThatExceptionOfType(UnresolvedReferenceException.class)
			.isThrownBy(() -> this.context.start(FieldOfBean.class))
			.withMessageContaining("aws.secrets.allowed");
		assertThat(this.context.printed()).isEmpty();
	}

	private String policy(Class<?>... classes) {
		assertThatExceptionOfType(SpringApplication.AbandonedRunException.class)
			.isThrownBy(() -> this.context.start(classes));
		assertThat(this.context.exits()).containsExactly(0);
		return this.context.printed().strip();
	}

	static class NeverCreated {

		NeverCreated() {
			throw new IllegalStateException("A bean is created");
		}

	}

	static class FieldOfBean extends NeverCreated {

		@Value("$<secret:prod/field.key>")
		String field;

		@Value("${missing:[$<secret:prod/composed.key>]}")
		String composed;

	}

	static class ConstructorOfBean {

		ConstructorOfBean(@Value("$<secret:prod/constructor.key>") String value) {
			throw new IllegalStateException(value);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Methods extends NeverCreated {

		@Bean
		String value(@Value("$<secret:prod/parameter.key>") String value) {
			return value;
		}

		@Value("$<secret:prod/setter.key>")
		void setValue(String value) {
		}

	}

	@Configuration
	static class Declaring extends NeverCreated {

		@Bean
		Declared declared() {
			return new Declared();
		}

	}

	static class Declared {

		@Value("$<secret:prod/declared.key>")
		String value;

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnProperty(name = "app.key", havingValue = "1")
	static class Conditional extends NeverCreated {

		@Value("$<secret:prod/conditional.key>")
		String value;

	}

	@PropertySource("classpath:io/github/awssecrets/env/late.properties")
	static class Annotated extends NeverCreated {

	}

}
