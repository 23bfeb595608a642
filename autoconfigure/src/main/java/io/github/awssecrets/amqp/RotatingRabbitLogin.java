package io.github.awssecrets.amqp;

import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import com.rabbitmq.client.impl.CredentialsProvider;
import io.github.awssecrets.credentials.CredentialConsumer;
import org.jspecify.annotations.Nullable;

import org.springframework.amqp.rabbit.connection.Connection;
import org.springframework.amqp.rabbit.connection.ConnectionListener;

/**
 * The credentials of the connections of one factory: each login asks for those of the
 * moment. One that is refused has the watcher look at once, as AWS may be ahead of the
 * last poll. Safe for use by several threads.
 */
final class RotatingRabbitLogin implements CredentialsProvider, CredentialConsumer<RabbitLogin>, ConnectionListener {

	static final String PREFIX = "spring.rabbitmq";

	private final RabbitLogin first;

	private final Runnable refused;

	/* A login asks for the user name first, then for the password, on the same thread */
	@SuppressWarnings("ThreadLocalUsage")
	private final ThreadLocal<RabbitLogin> underWay = new ThreadLocal<>();

	private volatile RabbitLogin current;

	/**
	 * Create credentials.
	 * @param factory the factory, which has the first ones
	 * @param refused called when a login was refused
	 */
	RotatingRabbitLogin(ConnectionFactory factory, Runnable refused) {
		this.first = new RabbitLogin(factory.getUsername(), factory.getPassword());
		this.current = this.first;
		this.refused = refused;
	}

	@Override
	public String prefix() {
		return PREFIX;
	}

	@Override
	public Class<RabbitLogin> type() {
		return RabbitLogin.class;
	}

	@Override
	public void accept(RabbitLogin login) {
		String username = (login.username() != null) ? login.username() : this.first.username();
		this.current = new RabbitLogin(username, login.password());
	}

	@Override
	public @Nullable String getUsername() {
		RabbitLogin login = this.current;
		this.underWay.set(login);
		return login.username();
	}

	@Override
	public @Nullable String getPassword() {
		RabbitLogin login = this.underWay.get();
		this.underWay.remove();
		return ((login != null) ? login : this.current).password();
	}

	@Override
	public void onCreate(@Nullable Connection connection) {
	}

	@Override
	public void onFailed(Exception exception) {
		if (exception instanceof PossibleAuthenticationFailureException) {
			this.refused.run();
		}
	}

}
