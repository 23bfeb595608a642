package io.github.awssecrets.embedded;

import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;

import org.jspecify.annotations.Nullable;

/**
 * Runs a {@link SecretsServer} alone, until the process is ended. {@code --help} lists
 * the arguments. What is wrong with them or with the seed is told in one line, without a
 * value of a secret; the exit code is 2 then, and 1 if the port is taken.
 */
public final class SecretsServerMain {

	private static final int UNUSABLE = 1;

	private static final int WRONG_ARGUMENTS = 2;

	private SecretsServerMain() {
	}

	/**
	 * Starts the server and serves.
	 * @param args the arguments
	 * @throws InterruptedException if interrupted while serving
	 */
	public static void main(String[] args) throws InterruptedException {
		Launch launch = launch(System.out, System.err, args);
		SecretsServer server = launch.server();
		if (server == null) {
			System.exit(launch.exitCode());
			return;
		}
		CountDownLatch ended = new CountDownLatch(1);
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			server.close();
			ended.countDown();
		}, "aws-secrets-embedded-shutdown"));
		ended.await();
	}

	static Launch launch(PrintStream out, PrintStream err, String... args) {
		try {
			CommandLine commandLine = CommandLine.parse(args);
			if (commandLine.help()) {
				out.print(CommandLine.USAGE);
				return new Launch(null, 0);
			}
			SecretsServer server = start(commandLine);
			int count = server.names().size();
			out.printf("AWS Secrets Manager for development at %s, Region %s, %d %s%n", server.endpoint(),
					server.region(), count, (count != 1) ? "secrets" : "secret");
			return new Launch(server, 0);
		}
		catch (PortInUseException ex) {
			err.println(ex.getMessage());
			return new Launch(null, UNUSABLE);
		}
		catch (IllegalArgumentException ex) {
			err.println(ex.getMessage());
			return new Launch(null, WRONG_ARGUMENTS);
		}
	}

	private static SecretsServer start(CommandLine commandLine) {
		SecretsServerBuilder builder = SecretsServer.builder().port(commandLine.port()).region(commandLine.region());
		if (commandLine.seed() != null) {
			builder.seed(commandLine.seed());
		}
		return builder.start();
	}

	/**
	 * What became of a start.
	 *
	 * @param server the running server, unless there is none
	 * @param exitCode the exit code if there is none
	 */
	record Launch(@Nullable SecretsServer server, int exitCode) {

	}

}
