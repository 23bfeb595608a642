package io.github.awssecrets.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;

import org.jspecify.annotations.Nullable;

/**
 * An output stream that reports each canary value written to it, in any
 * {@link CanaryForm}. Holds a window of some kilobytes, whatever the length of the
 * stream. The static methods scan what is complete already. Thread-safe; findings are
 * delivered by the writing thread, the last ones by {@link #close()}.
 */
public final class CanaryScanner extends OutputStream {

	private static final int WINDOW = 64 * 1024;

	/** Fragments on one line with no more between them belong to one value. */
	private static final int GAP = 128;

	private final String source;

	private final Consumer<CanaryFinding> findings;

	private final StringBuilder window = new StringBuilder();

	/** Offset of the window in the stream. */
	private long windowOffset;

	/** Index in the window of the first character that has not been searched. */
	private int searched;

	/** Offset of the end of the last match in the stream. */
	private long matchEnd = Long.MIN_VALUE / 2;

	private @Nullable CanaryFinding pending;

	/**
	 * Create a scanner.
	 * @param source the name of the stream, for the findings
	 * @param findings receives each finding, once
	 */
	public CanaryScanner(String source, Consumer<CanaryFinding> findings) {
		this.source = source;
		this.findings = findings;
	}

	/**
	 * Scan a stream to its end, without closing it.
	 * @param source the name of the stream, for the findings
	 * @param stream the stream, for instance the output of a process
	 * @return the findings
	 * @throws IOException if the stream cannot be read
	 */
	public static List<CanaryFinding> scan(String source, InputStream stream) throws IOException {
		List<CanaryFinding> findings = new ArrayList<>();
		try (CanaryScanner scanner = new CanaryScanner(source, findings::add)) {
			stream.transferTo(scanner);
		}
		return findings;
	}

	/**
	 * Scan a file.
	 * @param file the file
	 * @return the findings
	 */
	public static List<CanaryFinding> scan(Path file) {
		try (InputStream stream = Files.newInputStream(file)) {
			return scan(file.toString(), stream);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Scan a text. Offsets in the findings are those of its UTF-8 form.
	 * @param source the name of the text, for the findings
	 * @param text the text
	 * @return the findings
	 */
	public static List<CanaryFinding> scan(String source, CharSequence text) {
		List<CanaryFinding> findings = new ArrayList<>();
		CanaryScanner scanner = new CanaryScanner(source, findings::add);
		scanner.write(text.toString().getBytes(StandardCharsets.UTF_8));
		scanner.close();
		return findings;
	}

	/**
	 * Scan the text and the messages of an exception, its causes and what it suppressed.
	 * @param source the name of the exception, for the findings
	 * @param throwable the exception
	 * @return the findings
	 */
	public static List<CanaryFinding> scan(String source, Throwable throwable) {
		StringBuilder text = new StringBuilder();
		append(throwable, text, Collections.newSetFromMap(new IdentityHashMap<>()));
		return scan(source, text);
	}

	private static void append(@Nullable Throwable throwable, StringBuilder text, Set<Throwable> seen) {
		if (throwable == null || !seen.add(throwable)) {
			return;
		}
		String string = String.valueOf(throwable);
		text.append(string).append('\n');
		for (String message : new String[] { throwable.getMessage(), throwable.getLocalizedMessage() }) {
			if (message != null && !string.contains(message)) {
				text.append(message).append('\n');
			}
		}
		append(throwable.getCause(), text, seen);
		for (Throwable suppressed : throwable.getSuppressed()) {
			append(suppressed, text, seen);
		}
	}

	@Override
	public void write(int b) {
		write(new byte[] { (byte) b }, 0, 1);
	}

	@Override
	public void write(byte[] bytes) {
		write(bytes, 0, bytes.length);
	}

	@Override
	public synchronized void write(byte[] bytes, int offset, int length) {
		this.window.append(new String(bytes, offset, length, StandardCharsets.ISO_8859_1));
		if (this.window.length() >= WINDOW) {
			search(this.window.length() - CanaryPatterns.MAX_LENGTH);
		}
	}

	/**
	 * Scan what was written since the last search, and deliver every finding. The stream
	 * may go on, but a value that continues there is not recognized.
	 */
	@Override
	public synchronized void close() {
		search(this.window.length());
		deliverPending();
	}

	synchronized int windowLength() {
		return this.window.length();
	}

	/** Report what starts before the limit, and keep the rest and some context. */
	private void search(int limit) {
		Matcher matcher = CanaryPatterns.matcher(this.window);
		int from = this.searched;
		while (from < limit && matcher.find(from) && matcher.start() < limit) {
			found(matcher);
			from = matcher.end();
		}
		this.searched = Math.max(from, limit);
		int discarded = Math.max(0, this.searched - CanaryFinding.CONTEXT_LENGTH - GAP);
		this.window.delete(0, discarded);
		this.windowOffset += discarded;
		this.searched -= discarded;
	}

	private void found(Matcher match) {
		CanaryForm form = CanaryPatterns.form(match);
		long offset = this.windowOffset + match.start();
		int previous = (int) Math.max(0, this.matchEnd - this.windowOffset);
		boolean sameLine = this.window.substring(previous, match.start()).indexOf('\n') == -1;
		if (this.pending != null && sameLine && offset - this.matchEnd <= GAP) {
			if (this.pending.form() == CanaryForm.PLAIN) {
				this.pending = new CanaryFinding(this.source, this.pending.offset(), form, this.pending.context());
			}
		}
		else {
			deliverPending();
			this.pending = new CanaryFinding(this.source, offset, form, context(match.start()));
		}
		this.matchEnd = this.windowOffset + match.end();
	}

	/** The text before a match on its line, without any rest of the value before it. */
	private String context(int end) {
		int line = Math.max(this.window.lastIndexOf("\n", end - 1), this.window.lastIndexOf("\r", end - 1)) + 1;
		int start = Math.max(Math.max(0, end - CanaryFinding.CONTEXT_LENGTH), Math.min(line, end));
		int clean = (int) Math.max(0, Math.min(end, this.matchEnd + GAP - this.windowOffset));
		return this.window.substring(Math.max(start, clean), end).replaceAll("[^ -~]", ".");
	}

	private void deliverPending() {
		if (this.pending != null) {
			this.findings.accept(this.pending);
			this.pending = null;
		}
	}

}
