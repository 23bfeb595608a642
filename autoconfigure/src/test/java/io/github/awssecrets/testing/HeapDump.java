package io.github.awssecrets.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import com.sun.management.HotSpotDiagnosticMXBean;

/**
 * The objects of this JVM that are reachable, in a file. Texts are found as the JVM holds
 * them: a byte or two for each character.
 */
public final class HeapDump {

	private static final int CHUNK = 1 << 20;

	private final Path file;

	private HeapDump(Path file) {
		this.file = file;
	}

	/**
	 * Write what is reachable now.
	 * @param file the file, which does not exist
	 * @return the dump
	 */
	public static HeapDump write(Path file) {
		try {
			ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(file.toString(), true);
			return new HeapDump(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Count the texts that are in the dump.
	 * @param texts the texts, best made after the dump, so that they are not in it
	 * @return how many of them were found
	 */
	public int count(List<String> texts) {
		Set<String> found = new LinkedHashSet<>();
		int longest = texts.stream().mapToInt(String::length).max().orElse(0) * 2;
		try (InputStream stream = Files.newInputStream(this.file)) {
			String before = "";
			byte[] chunk = stream.readNBytes(CHUNK);
			while (chunk.length > 0) {
				String window = before + new String(chunk, StandardCharsets.ISO_8859_1);
				texts.stream().filter((text) -> isIn(text, window)).forEach(found::add);
				before = window.substring(Math.max(0, window.length() - longest));
				chunk = stream.readNBytes(CHUNK);
			}
			return found.size();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean isIn(String text, String window) {
		return window.contains(text) || window.contains(bytes(text, true)) || window.contains(bytes(text, false));
	}

	private static String bytes(String text, boolean bigEndian) {
		return new String(text.getBytes(bigEndian ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE),
				StandardCharsets.ISO_8859_1);
	}

}
