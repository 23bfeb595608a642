package io.github.awssecrets.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A print stream in the place of {@link System#out} or {@link System#err} that also
 * passes everything to a scanner. Who replaces the stream later and forwards to it, as
 * Spring Boot's {@code OutputCaptureExtension} does, is still heard.
 */
final class CanaryTee extends PrintStream {

	private final PrintStream original;

	private final CanaryScanner scanner;

	private final Consumer<PrintStream> setter;

	private final Supplier<PrintStream> getter;

	private CanaryTee(PrintStream original, CanaryScanner scanner, Supplier<PrintStream> getter,
			Consumer<PrintStream> setter) {
		super(new Fork(original, scanner), true, Charset.defaultCharset());
		this.original = original;
		this.scanner = scanner;
		this.getter = getter;
		this.setter = setter;
	}

	static CanaryTee ofSystemOut(Consumer<CanaryFinding> findings) {
		return install(System.out, new CanaryScanner("System.out", findings), () -> System.out, System::setOut);
	}

	static CanaryTee ofSystemErr(Consumer<CanaryFinding> findings) {
		return install(System.err, new CanaryScanner("System.err", findings), () -> System.err, System::setErr);
	}

	private static CanaryTee install(PrintStream original, CanaryScanner scanner, Supplier<PrintStream> getter,
			Consumer<PrintStream> setter) {
		CanaryTee tee = new CanaryTee(original, scanner, getter, setter);
		setter.accept(tee);
		return tee;
	}

	/**
	 * Deliver what was found until now.
	 */
	void settle() {
		this.scanner.close();
	}

	/**
	 * Put the original stream back, unless somebody else replaced this one.
	 */
	void uninstall() {
		settle();
		if (this.getter.get() == this) {
			this.setter.accept(this.original);
		}
	}

	private static final class Fork extends OutputStream {

		private final PrintStream original;

		private final CanaryScanner scanner;

		Fork(PrintStream original, CanaryScanner scanner) {
			this.original = original;
			this.scanner = scanner;
		}

		@Override
		public void write(int b) {
			this.original.write(b);
			this.scanner.write(b);
		}

		@Override
		public void write(byte[] bytes, int offset, int length) {
			this.original.write(bytes, offset, length);
			this.scanner.write(bytes, offset, length);
		}

		@Override
		public void flush() throws IOException {
			this.original.flush();
		}

	}

}
