package io.github.awssecrets.adopter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplication;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a pipeline gets the policy of an application from a process of its own: a
 * web application with a database, of which nothing is started. No port listens where its
 * secrets would be.
 */
class PrintPolicyIntegrationTests {

	private static final String PRINT = "--aws.secrets.print-policy=true";

	@TempDir
	private Path directory;

	@Test
	void processWhenPolicyIsAskedForPrintsOnlyThat() throws IOException, InterruptedException {
		assertThat(run(Map.of(), PRINT)).isZero();
		assertPrinted();
	}

	@Test
	void processWhenPolicyIsAskedForByVariablePrintsOnlyThat() throws IOException, InterruptedException {
		assertThat(run(Map.of("AWS_SECRETS_PRINT_POLICY", "true"))).isZero();
		assertPrinted();
	}

	private void assertPrinted() throws IOException {
		assertThat(Files.readString(this.directory.resolve("out"))).isEqualTo("""
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
				        "arn:aws:secretsmanager:eu-west-1:*:secret:shop/db-??????",
				        "arn:aws:secretsmanager:eu-west-1:*:secret:shop/payment-??????"
				      ]
				    }
				  ]
				}
				""");
		assertThat(Files.readString(this.directory.resolve("err")))
			.contains("Starting PrintPolicyIntegrationTests.Application")
			.doesNotContain("Tomcat", "Hikari", "Resolved ", "ERROR");
	}

	@Test
	void processWhenReferenceIsWrongFailsWithReport() throws IOException, InterruptedException {
		assertThat(run(Map.of(), PRINT, "--shop.api-key=$<secret:shop/payment.api-key")).isEqualTo(1);
		assertThat(this.directory.resolve("out")).isEmptyFile();
		assertThat(Files.readString(this.directory.resolve("err"))).contains("APPLICATION FAILED TO START",
				"shop.api-key");
	}

	private int run(Map<String, String> variables, String... arguments) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), Application.class.getName(),
						"--aws.secrets.region=eu-west-1", "--aws.secrets.endpoint=http://127.0.0.1:1"));
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(this.directory.resolve("out").toFile())
			.redirectError(this.directory.resolve("err").toFile());
		builder.environment().putAll(variables);
		Process process = builder.start();
		try {
			assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
			return process.exitValue();
		}
		finally {
			process.destroyForcibly();
		}
	}

	public static final class Application {

		private Application() {
		}

		public static void main(String[] arguments) {
			SpringApplication.run(AdopterApplication.class, arguments);
		}

	}

}
