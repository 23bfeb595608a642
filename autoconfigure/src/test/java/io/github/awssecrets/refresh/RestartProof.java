package io.github.awssecrets.refresh;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.net.ServerSocket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.awssecrets.embedded.SecretsServer;
import io.github.awssecrets.env.SecretsEnvironment;

/**
 * Starts and ends applications one after the other, the classes of this project in a
 * class loader of its own for each, and Spring and the SDK in the parent, as a server for
 * applications does. Then tells what is left of them. Meant for a JVM of its own, in
 * which soft references, as Spring's caches are, are cleared like weak ones.
 */
public final class RestartProof {

	/** Threads of the JDK, of which there is one for all. */
	private static final Set<String> JDK_THREADS = Set.of("Keep-Alive-Timer", "Keep-Alive-SocketCleaner",
			"Common-Cleaner");

	private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

	private static final long PATIENCE = TimeUnit.SECONDS.toMillis(15);

	private final ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();

	private final Set<WeakReference<ClassLoader>> loaders = new HashSet<>();

	private final Set<Thread> before;

	private final int sockets;

	private final List<Object> leaked = new ArrayList<>();

	private RestartProof() throws Exception {
		// What is made once for a JVM is made here
		RestartedApplication.run(0);
		RestartedApplication.run(1);
		RestartedApplication.run(4);
		this.before = Thread.getAllStackTraces().keySet();
		this.sockets = sockets();
	}

	/**
	 * Print what is left of applications: of those that were restarted, and of some that
	 * leak on purpose.
	 */
	public static void main(String[] arguments) throws Exception {
		// Not on the thread called main, of which Boot keeps all exceptions for its end
		FutureTask<Void> task = new FutureTask<>(() -> {
			run(Integer.parseInt(arguments[0]));
			return null;
		});
		new Thread(task, "server").start();
		task.get();
		System.exit(0);
	}

	private static void run(int restarts) throws Exception {
		RestartProof proof = new RestartProof();
		for (int i = 0; i < restarts; i++) {
			proof.restart(i, Leak.NONE);
		}
		proof.report(Leak.NONE);
		for (Leak leak : List.of(Leak.THREAD, Leak.STATIC, Leak.SOCKET)) {
			proof.restart(0, leak);
			proof.report(leak);
		}
	}

	private void restart(int number, Leak leak) throws Exception {
		ClassLoader contextClassLoader = Thread.currentThread().getContextClassLoader();
		try (OwnClassLoader loader = new OwnClassLoader(RestartProof.class.getClassLoader())) {
			this.loaders.add(new WeakReference<>(loader, this.collected));
			Thread.currentThread().setContextClassLoader(loader);
			Class<?> application = loader.loadClass(RestartedApplication.class.getName());
			application.getMethod("run", int.class).invoke(null, number);
			switch (leak) {
				case THREAD ->
					((Thread) loader.loadClass(Forgotten.class.getName()).getDeclaredMethod("start").invoke(null))
						.setName("forgotten");
				case STATIC -> this.leaked.add(application);
				case SOCKET -> this.leaked.add(new ServerSocket(0));
				default -> {
				}
			}
		}
		finally {
			Thread.currentThread().setContextClassLoader(contextClassLoader);
		}
	}

	/**
	 * Let something else take the place of what others keep of the last application: of
	 * the Environment in Logback's context, where Boot puts it, and of the types of the
	 * record that the JDK linked last (17, {@code java.lang.runtime.ObjectMethods}).
	 */
	private static void displace() throws Exception {
		RestartedApplication.run(0);
		linkAnotherRecord();
	}

	private static void linkAnotherRecord() throws Exception {
		try (OwnClassLoader loader = new OwnClassLoader(RestartProof.class.getClassLoader())) {
			Class<?> type = loader.loadClass(Another.class.getName());
			Object inner = type.getConstructor(type).newInstance((Object) null);
			Object outer = type.getConstructor(type).newInstance(inner);
			if (outer.equals(inner) || outer.hashCode() != inner.hashCode() || outer.toString().isEmpty()) {
				throw new IllegalStateException("Not as records are");
			}
		}
	}

	private void report(Leak leak) throws Exception {
		displace();
		int applications = this.loaders.size();
		long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(leak.keepsLoader() ? PATIENCE / 10 : PATIENCE);
		while (!this.loaders.isEmpty() && System.nanoTime() < end) {
			System.gc();
			Object reference = this.collected.remove(100);
			while (reference != null) {
				this.loaders.remove(reference);
				reference = this.collected.poll();
			}
		}
		System.out.printf("leak: %s, applications: %d, loaders left: %d, threads left: %s, sockets left: %d%n",
				leak.name().toLowerCase(Locale.ROOT), applications, this.loaders.size(), threads(),
				sockets() - this.sockets);
		System.out.flush();
		this.loaders.clear();
		for (Object object : this.leaked) {
			if (object instanceof Closeable closeable) {
				closeable.close();
			}
		}
		this.leaked.clear();
	}

	private List<String> threads() throws InterruptedException {
		List<String> left = new ArrayList<>();
		for (Thread thread : Thread.getAllStackTraces().keySet()) {
			if (!this.before.contains(thread) && !JDK_THREADS.contains(thread.getName())) {
				thread.join(1000);
				if (thread.isAlive()) {
					left.add(thread.getName());
					thread.interrupt();
				}
			}
		}
		return left;
	}

	/**
	 * Return the number of open sockets, where the machine tells.
	 */
	private static int sockets() throws IOException {
		if (!Files.isDirectory(DESCRIPTORS)) {
			return 0;
		}
		int sockets = 0;
		try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
			for (Path descriptor : descriptors.toList()) {
				sockets += isSocket(descriptor) ? 1 : 0;
			}
		}
		return sockets;
	}

	private static boolean isSocket(Path descriptor) {
		try {
			return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
		}
		catch (IOException ex) {
			// Closed meanwhile
			return false;
		}
	}

	/**
	 * Return whether {@link #sockets()} are counted.
	 */
	static boolean countsSockets() {
		return Files.isDirectory(DESCRIPTORS);
	}

	static String classPath() {
		String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		return Stream.of(path.split(File.pathSeparator)).distinct().reduce((a, b) -> a + File.pathSeparator + b).get();
	}

	enum Leak {

		NONE, THREAD, STATIC, SOCKET;

		boolean keepsLoader() {
			return this == THREAD || this == STATIC;
		}

	}

	/**
	 * Another record than those of applications.
	 *
	 * @param inner another one
	 */
	public record Another(Another inner) {

	}

	/**
	 * A thread that nobody ends, but an interrupt.
	 */
	public static final class Forgotten {

		private Forgotten() {
		}

		/**
		 * Start the thread.
		 * @return the thread
		 */
		public static Thread start() {
			Thread thread = new Thread(() -> {
				try {
					new CountDownLatch(1).await();
				}
				catch (InterruptedException ex) {
					// The end
				}
			});
			thread.setDaemon(true);
			thread.start();
			return thread;
		}

	}

	/**
	 * Has the classes of this project, whatever its parent has.
	 */
	private static final class OwnClassLoader extends URLClassLoader {

		private static final String PREFIX = "io.github.awssecrets.";

		OwnClassLoader(ClassLoader parent) {
			super(own(), parent);
		}

		private static URL[] own() {
			return Stream.of(SecretsEnvironment.class, SecretsServer.class, RestartProof.class)
				.map((type) -> type.getProtectionDomain().getCodeSource().getLocation())
				.toArray(URL[]::new);
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			if (!name.startsWith(PREFIX)) {
				return super.loadClass(name, resolve);
			}
			synchronized (getClassLoadingLock(name)) {
				Class<?> loaded = findLoadedClass(name);
				return (loaded != null) ? loaded : findClass(name);
			}
		}

	}

}
