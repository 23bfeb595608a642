package io.github.awssecrets.redis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.ServerProcess;
import io.lettuce.core.KillArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;

/**
 * A real Redis that asks everyone for a password.
 */
final class RedisServer implements AutoCloseable {

	static final String HOST = "127.0.0.1";

	private final ServerProcess process;

	private final int port;

	private final RedisClient client;

	private final StatefulRedisConnection<String, String> administrator;

	private RedisServer(ServerProcess process, int port, String password) {
		this.process = process;
		this.port = port;
		this.client = RedisClient
			.create(RedisURI.Builder.redis(HOST, port).withPassword(password.toCharArray()).build());
		this.administrator = this.client.connect();
	}

	static RedisServer startOrSkip() throws IOException {
		Path program = ServerProcess.findOrSkip("redis", "redis-server", "--version");
		int port = ServerProcess.freePort();
		Path directory = Files.createTempDirectory("aws-secrets-redis");
		String password = Canary.value("redis", 1);
		// Not on the command line, which others can see
		Path configuration = directory.resolve("redis.conf");
		Files.writeString(configuration, """
				bind %s
				port %d
				save ""
				requirepass "%s"
				""".formatted(HOST, port, password.replace("\"", "\\\"")));
		ServerProcess process = ServerProcess.start(directory, port, Map.of(), program.toString(),
				configuration.toString());
		return new RedisServer(process, port, password);
	}

	int port() {
		return this.port;
	}

	/**
	 * Have a user take a password, besides those that it has.
	 */
	void addPassword(String user, String password) {
		acl("SETUSER", user, "on", "~*", "&*", "+@all", ">" + password);
	}

	/**
	 * Have a user take only one password.
	 */
	void setPassword(String user, String password) {
		acl("SETUSER", user, "resetpass", ">" + password);
	}

	void removeUsers(String... users) {
		for (String user : users) {
			this.administrator.sync()
				.dispatch(CommandType.ACL, new IntegerOutput<>(StringCodec.UTF8),
						new CommandArgs<>(StringCodec.UTF8).add("DELUSER").add(user));
		}
	}

	private void acl(String... arguments) {
		CommandArgs<String, String> command = new CommandArgs<>(StringCodec.UTF8);
		for (String argument : arguments) {
			command.add(argument);
		}
		this.administrator.sync().dispatch(CommandType.ACL, new StatusOutput<>(StringCodec.UTF8), command);
	}

	/**
	 * Close the connections of all others.
	 */
	void closeConnections() {
		this.administrator.sync().clientKill(KillArgs.Builder.typeNormal());
	}

	/**
	 * Return the users of the connections of others, by their numbers.
	 */
	Map<String, String> connections() {
		return this.administrator.sync()
			.clientList()
			.lines()
			.map(RedisServer::fields)
			.filter((fields) -> !fields.get("user").equals("default"))
			.collect(Collectors.toMap((fields) -> fields.get("id"), (fields) -> fields.get("user")));
	}

	/**
	 * Return whose passwords were refused (WRONGPASS), as the server's own log has it.
	 */
	Set<String> refusedUsers() {
		return this.administrator.sync()
			.aclLog()
			.stream()
			.filter((entry) -> "auth".equals(entry.get("reason")))
			.map((entry) -> String.valueOf(entry.get("username")))
			.collect(Collectors.toSet());
	}

	void forgetRefusedUsers() {
		this.administrator.sync().aclLogReset();
	}

	private static Map<String, String> fields(String line) {
		return List.of(line.split(" "))
			.stream()
			.map((field) -> field.split("=", 2))
			.filter((field) -> field.length == 2)
			.collect(Collectors.toMap((field) -> field[0], (field) -> field[1]));
	}

	@Override
	public void close() throws IOException {
		this.administrator.close();
		this.client.shutdown();
		this.process.close();
	}

}
