package io.github.awssecrets.env;

import java.io.PrintStream;
import java.util.Collection;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * The command {@code aws.secrets.print-policy}: prints the IAM policy that an application
 * needs when all its beans are defined, and ends the process before one is created.
 * Nothing else is on standard output: logs and the banner go to standard error.
 */
class PolicyCommand {

	private static final String PROPERTY = SecretsProperties.PREFIX + ".print-policy";

	private static final String CHARACTERS = NameCharacters.of(PROPERTY);

	private final IntConsumer exit;

	private @Nullable PrintStream output;

	PolicyCommand() {
		this(System::exit, null);
	}

	/**
	 * Create the command.
	 * @param exit ends the process with a status
	 * @param output what the policy is printed to, or {@code null} for standard output
	 */
	PolicyCommand(IntConsumer exit, @Nullable PrintStream output) {
		this.exit = exit;
		this.output = output;
	}

	/**
	 * Keep standard output free, if the command is given where it can be seen before
	 * anything is logged.
	 * @param arguments the command line
	 */
	void prepare(String... arguments) {
		if (!mayBeGiven(arguments)) {
			return;
		}
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource(arguments));
		ConfigurationPropertySources.attach(environment);
		if (Binder.get(environment).bind(PROPERTY, Boolean.class).orElse(false)) {
			this.output = System.out;
			System.setOut(System.err);
		}
	}

	/**
	 * Return whether the command may be given, as nearly every start is one without it.
	 */
	private static boolean mayBeGiven(String... arguments) {
		return Stream.of(List.of(arguments), System.getProperties().stringPropertyNames(), System.getenv().keySet())
			.flatMap(Collection::stream)
			.anyMatch((name) -> NameCharacters.mayStartWith(name, CHARACTERS));
	}

	/**
	 * Print the policy and end the process.
	 * @param context the context of the application, with all bean definitions
	 * @param secrets the secrets of the application
	 */
	void run(ConfigurableApplicationContext context, SecretsEnvironment secrets) {
		String policy = new SecretPermissions(secrets).policyAhead(context.getBeanFactory()).toJson();
		PrintStream output = (this.output != null) ? this.output : System.out;
		output.println(policy);
		output.flush();
		this.exit.accept(0);
		throw new SpringApplication.AbandonedRunException(context);
	}

}
