package io.github.awssecrets.connection;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import org.testcontainers.lifecycle.Startable;
import org.testcontainers.localstack.LocalStackContainer;

import org.springframework.objenesis.SpringObjenesis;

/**
 * A container without Docker: its endpoint is that of a server of the test. The
 * constructors of {@link LocalStackContainer} ask for Docker, so none of them is called.
 */
class StubContainer extends LocalStackContainer {

	private URI endpoint;

	private List<String> events;

	private volatile boolean running;

	StubContainer() {
		super("localstack/localstack");
	}

	static StubContainer at(URI endpoint) {
		StubContainer container = new SpringObjenesis().newInstance(StubContainer.class, false);
		container.endpoint = endpoint;
		container.events = new CopyOnWriteArrayList<>();
		return container;
	}

	/**
	 * Return what happened to the container so far.
	 */
	List<String> events() {
		return this.events;
	}

	@Override
	public void start() {
		this.running = true;
		this.events.add("started");
	}

	@Override
	public void stop() {
		this.running = false;
		this.events.add("stopped");
	}

	@Override
	public void close() {
		stop();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public URI getEndpoint() {
		this.events.add(this.running ? "asked" : "asked before it ran");
		return this.endpoint;
	}

	@Override
	public String getRegion() {
		return "eu-west-1";
	}

	@Override
	public String getAccessKey() {
		return "stub";
	}

	@Override
	public String getSecretKey() {
		return "stub";
	}

	@Override
	public String getDockerImageName() {
		return "localstack/localstack:4.14.0";
	}

	@Override
	public Set<Startable> getDependencies() {
		return Set.of();
	}

	@Override
	public boolean isShouldBeReused() {
		return false;
	}

	@Override
	public boolean equals(Object other) {
		return this == other;
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.endpoint);
	}

	@Override
	public String toString() {
		return "StubContainer";
	}

}
