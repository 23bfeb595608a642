package io.github.awssecrets.env;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.Set;

import io.github.awssecrets.reference.SecretContent;
import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.SecretVersion;
import io.github.awssecrets.snapshot.SecretSnapshots;
import io.github.awssecrets.snapshot.Snapshot;
import io.github.awssecrets.testing.Canary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that values do not stay in memory after a rotation.
 */
class SnapshotRetentionTests {

	private static final SecretSelector DB = SecretSelector.current(new SecretId("prod/db"));

	private static final int COLLECTIONS = 100;

	private static final long PAUSE = 50;

	private final TestContext context = new TestContext().keys("prod/db", "user", "password").yaml("""
			app:
			  user: $<secret:prod/db.user>
			  read: $<secret:prod/db.password>
			  unread: ${app.read}
			""");

	private final ReferenceQueue<Snapshot> collected = new ReferenceQueue<>();

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void snapshotWhenReplacedIsCollectedThoughNothingIsReadAgain() throws InterruptedException {
		this.context.variable("APP_TOKEN", "$<secret:prod/db.user>").start();
		WeakReference<Snapshot> before = readAll();
		promote(2);
		assertCollected(before);
		assertPassword(2);
	}

	@Test
	void snapshotWhenStagedAndDiscardedIsCollected() throws InterruptedException {
		this.context.start();
		readAll();
		WeakReference<Snapshot> staged = readStaged();
		snapshots().discard(Set.of(DB));
		assertCollected(staged);
		assertPassword(1);
	}

	@Test
	void snapshotWhenReplacedDuringReadIsCollected() throws InterruptedException {
		this.context.start();
		WeakReference<Snapshot> before = snapshots().consistently(() -> {
			WeakReference<Snapshot> held = new WeakReference<>(snapshots().current(), this.collected);
			promote(2);
			readAll();
			return held;
		});
		assertCollected(before);
		assertPassword(2);
	}

	private WeakReference<Snapshot> readAll() {
		for (String name : new String[] { "app.user", "app.read", "app.unread", "app.token" }) {
			this.context.property(name);
		}
		return new WeakReference<>(snapshots().current(), this.collected);
	}

	private WeakReference<Snapshot> readStaged() {
		stage(2);
		Snapshot staged = snapshots().staged();
		return snapshots().reading(staged, this::readAll);
	}

	private void promote(int version) {
		stage(version);
		snapshots().promote(snapshots().staged());
		SecretsEnvironment.find(this.context.environment()).update();
	}

	private void stage(int version) {
		SecretVersion old = (SecretVersion) snapshots().outcome(DB);
		String text = Canary.json("prod/db", version, "user", "password");
		snapshots().stage(Map.of(DB, new SecretVersion(old.arn(), old.name(), old.region(), "version-" + version,
				old.stages(), SecretContent.ofText(text), null, old.retrieved())));
	}

	private void assertCollected(WeakReference<Snapshot> snapshot) throws InterruptedException {
		for (int i = 0; i < COLLECTIONS && snapshot.get() != null; i++) {
			System.gc();
			this.collected.remove(PAUSE);
		}
		assertThat(snapshot.get() == null).as("snapshot is collected").isTrue();
	}

	private void assertPassword(int version) {
		assertThat(Canary.value("prod/db.password", version).equals(this.context.property("app.read"))).isTrue();
	}

	private SecretSnapshots snapshots() {
		return SecretsEnvironment.find(this.context.environment()).snapshots();
	}

}
