package io.github.awssecrets.benchmarks.comparison;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where the time of starts goes, in samples of the JDK's flight recorder: on whose behalf
 * threads were running, and how often they were loading classes meanwhile.
 */
final class Profile {

	/** The first of these that has a frame on the stack owns the sample. */
	private static final List<Owner> OWNERS = List.of(new Owner("AWS SDK", "software.amazon.awssdk."),
			new Owner("Spring Cloud AWS", "io.awspring."), new Owner("the starter", "io.github.awssecrets."),
			new Owner("Spring Cloud", "org.springframework.cloud."),
			new Owner("Spring and Spring Boot", "org.springframework."), new Owner("others", ""));

	private static final String CLASS_LOADER = "jdk.internal.loader.BuiltinClassLoader";

	private static final String APPLICATION = "io.github.awssecrets.benchmarks.";

	private final Map<String, Integer> samples = new TreeMap<>();

	private int loading;

	private int total;

	/**
	 * Record starts with one secret.
	 * @param variant the variant of the application
	 * @param starts the number of starts
	 * @return the profile of all of them
	 */
	static Profile of(Variant variant, int starts) {
		Profile profile = new Profile();
		try {
			for (int i = 0; i < starts; i++) {
				Path recording = Files.createTempFile("start", ".jfr");
				Scenario.START.run(variant, 1,
						Jvm.current()
							.with(List.of("-XX:FlightRecorderOptions=stackdepth=256",
									"-XX:StartFlightRecording=settings=profile,filename=" + recording)));
				RecordingFile.readAllEvents(recording).forEach(profile::add);
				Files.delete(recording);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return profile;
	}

	private void add(RecordedEvent event) {
		if (!event.getEventType().getName().equals("jdk.ExecutionSample") || event.getStackTrace() == null) {
			return;
		}
		List<String> types = event.getStackTrace()
			.getFrames()
			.stream()
			.filter(RecordedFrame::isJavaFrame)
			.map((frame) -> frame.getMethod().getType().getName())
			.filter((type) -> !type.startsWith(APPLICATION))
			.toList();
		if (types.stream().anyMatch((type) -> type.startsWith("jdk.jfr."))) {
			return;
		}
		this.samples.merge(owner(types), 1, Integer::sum);
		this.loading += types.contains(CLASS_LOADER) ? 1 : 0;
		this.total++;
	}

	private static String owner(List<String> types) {
		return OWNERS.stream()
			.filter((owner) -> owner.prefix().isEmpty()
					|| types.stream().anyMatch((type) -> type.startsWith(owner.prefix())))
			.findFirst()
			.map(Owner::name)
			.orElseThrow();
	}

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder(
				"%d samples, %s of them while a class was loaded%n".formatted(this.total, share(this.loading)));
		this.samples.forEach((owner, count) -> text.append("%s: %s%n".formatted(owner, share(count))));
		return text.toString();
	}

	private String share(int count) {
		return String.format(Locale.ROOT, "%.0f %%", 100.0 * count / this.total);
	}

	/**
	 * Whose code runs.
	 *
	 * @param name what it is called
	 * @param prefix what its classes start with
	 */
	private record Owner(String name, String prefix) {

	}

}
