package io.github.awssecrets.testing;

import java.io.IOException;
import java.nio.file.Files;

import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.MediaType;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * Test classes that leak every {@link Leak}, each through one channel. Only
 * {@link CanaryListenerTests} runs them, in a session of their own.
 */
final class LeakingCases {

	private LeakingCases() {
	}

	static class StandardOutput {

		@Test
		void leaks() {
			System.out.println(Leak.all());
		}

	}

	static class StandardError {

		@Test
		void leaks() {
			System.err.print(Leak.all());
		}

	}

	static class Logger {

		@Test
		void leaks() {
			SpringApplicationBuilder application = new SpringApplicationBuilder(Application.class);
			try (ConfigurableApplicationContext context = application.web(WebApplicationType.NONE).run()) {
				LoggerFactory.getLogger(context.getClass()).error(Leak.all());
			}
		}

		@Configuration(proxyBeanMethods = false)
		static class Application {

		}

	}

	@ExtendWith(OutputCaptureExtension.class)
	static class LoggerWithOutputCapture extends Logger {

	}

	static class ExceptionMessage {

		@Test
		void leaks() {
			throw new IllegalStateException("harmless", new IllegalArgumentException(Leak.all()));
		}

	}

	static class ReportEntry {

		@Test
		void leaks(TestReporter reporter) {
			reporter.publishEntry("leaks", Leak.all());
		}

	}

	static class ReportFile {

		@Test
		void leaks(TestReporter reporter) {
			reporter.publishFile("leaks.txt", MediaType.TEXT_PLAIN, (file) -> Files.writeString(file, Leak.all()));
		}

	}

	static class Clean {

		@Test
		void passes() {
			System.out.println("out");
			System.err.println("err");
		}

		@Test
		void fails() throws IOException {
			throw new IOException("harmless");
		}

		@Nested
		class Inner {

			@Test
			void passes() {
			}

		}

		@Nested
		@Disabled("never runs")
		class Skipped {

			@Test
			void passes() {
			}

		}

	}

}
