package io.github.awssecrets.sample;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.awssecrets.sample.demo.EmbeddedServers;
import io.github.awssecrets.testing.Canary;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Integration tests that look at the page of {@link SampleApplication} in a real browser
 * while the database's password is rotated. Without a browser they are skipped.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LivePageIntegrationTests {

	private static final String VERSION = "[data-live='version.spring.datasource.password']";

	private static final String STAGES = "[data-live='stages.spring.datasource.password']";

	/** Finds texts whose contrast is less than WCAG's 4.5 to 1. */
	private static final String CONTRASTS = """
			const luminance = (rgb) => rgb.map((c) => c / 255)
				.map((c) => (c <= 0.04045) ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4))
				.reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
			const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
			const behind = (element) => {
				for (let e = element; e; e = e.parentElement) {
					const colour = numbers(getComputedStyle(e).backgroundColor);
					if (colour.length === 3 || colour[3] === 1) {
						return colour.slice(0, 3);
					}
				}
				return matchMedia('(prefers-color-scheme: dark)').matches ? [18, 18, 18] : [255, 255, 255];
			};
			const texts = [...document.querySelectorAll('body *')]
				.filter((e) => !e.closest('svg') && e.checkVisibility()
					&& [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()));
			return (texts.length < 50) ? ['only ' + texts.length + ' texts'] : texts
				.map((e) => {
					const a = luminance(numbers(getComputedStyle(e).color).slice(0, 3));
					const b = luminance(behind(e));
					return [e.tagName + ' ' + e.className, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)];
				})
				.filter(([name, contrast]) => !(contrast >= 4.5))
				.map(([name, contrast]) => name + ': ' + contrast);
			""";

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final AtomicInteger values = new AtomicInteger();

	private Browser browser;

	private ConfigurableApplicationContext application;

	@BeforeAll
	void start(@TempDir Path profile) {
		this.browser = Browser.startOrSkip(profile);
		this.application = SampleApplication
			.create(new EmbeddedServers(() -> Canary.value("live", this.values.incrementAndGet())))
			.run("--server.port=0", "--aws.secrets.watch.interval=1s");
	}

	@AfterAll
	void stop() {
		if (this.browser != null) {
			this.browser.close();
		}
		if (this.application != null) {
			this.application.close();
		}
	}

	@BeforeEach
	void open() {
		this.browser.emulate(1200, 900, "light");
		this.browser.open("http://127.0.0.1:" + property("local.server.port") + "/");
		until(() -> number("load.served") > 10 && "false".equals(attribute("#rotate", "aria-disabled")));
	}

	@Test
	void rotateWhenButtonIsClickedShowsItAndFailsNoQuery() {
		String before = this.browser.text(VERSION);
		long logins = number("load.logins");
		this.browser.find("#rotate").click();
		until(() -> !this.browser.text(VERSION).equals(before));
		String after = this.browser.text(VERSION).substring(0, 8);
		until(() -> this.browser.text("#log").contains("prod/db: the application uses version " + after));
		assertThat(this.browser.text("#log"))
			.contains("prod/db: rotation has begun, version " + after + " is AWSPENDING")
			.contains("prod/db: the database has the new password and refuses that of AWSCURRENT")
			.contains("prod/db: a login with AWSPENDING worked")
			.contains("prod/db: version " + after + " is AWSCURRENT; while the database refused the one before: 2.");
		assertThat(this.browser.text(STAGES)).contains("AWSCURRENT " + after)
			.contains("AWSPREVIOUS " + before.substring(0, 8));
		assertThat(this.browser.count("#plot rect.gap")).isPositive();
		assertThat(this.browser.count("#plot line.mark")).isPositive();
		assertThat(this.browser.attribute("#plot path.served", "d")).startsWith("M");
		until(() -> this.browser.text("[data-live='step.applied']").endsWith(" s later"));
		assertThat(this.browser.text("[data-live='step.gap']")).startsWith("2.").contains("queries served, 0 failed");
		assertThat(number("load.failed")).isZero();
		assertThat(this.browser.attribute("#plot path.failed", "d")).isEmpty();
		assertThat(number("load.logins")).isGreaterThan(logins);
		assertShowsNoValue();
		assertThat(this.browser.complaints()).isEmpty();
	}

	@Test
	void rotateWhenKeyIsPressedAnswersAndKeepsFocus() {
		this.browser.focused().sendKeys(Keys.TAB);
		assertThat(this.browser.focused().getDomAttribute("id")).isEqualTo("rotate");
		this.browser.focused().sendKeys(Keys.ENTER);
		until(() -> this.browser.text("#answer").endsWith(" is on its way."));
		assertThat(attribute("#rotate", "aria-disabled")).isEqualTo("true");
		assertThat(this.browser.focused().getDomAttribute("id")).isEqualTo("rotate");
		this.browser.focused().sendKeys(Keys.TAB, Keys.ENTER);
		assertThat(this.browser.attribute("#table", "open")).isNotNull();
		assertThat(this.browser.count("#table tbody tr")).isEqualTo(6);
		until(() -> "false".equals(attribute("#rotate", "aria-disabled")));
		assertThat(number("load.failed")).isZero();
	}

	@Test
	void openWhenDeviceIsPhoneNeedsNoSidewaysScrolling() {
		this.browser.emulate(360, 740, "light");
		this.browser.find("#table summary").click();
		assertThat(this.browser.run("return document.documentElement.scrollWidth")).isEqualTo(360L);
	}

	@Test
	void openWhenDarkIsPreferredIsDark() {
		Object light = background();
		this.browser.emulate(1200, 900, "dark");
		assertThat(background()).isNotEqualTo(light);
	}

	@ParameterizedTest
	@ValueSource(strings = { "light", "dark" })
	void openWhenLightOrDarkIsPreferredCanBeRead(String scheme) {
		this.browser.emulate(1200, 900, scheme);
		Object worst = this.browser.run(CONTRASTS);
		assertThat(worst).asInstanceOf(InstanceOfAssertFactories.LIST).as("texts below 4.5 to 1").isEmpty();
	}

	@Test
	void openWhenReadToSomeoneHasRolesAndNames() {
		assertIs("#rotate", "button", "Rotate the database password now");
		assertIs("#log", "log", "Last events");
		assertIs("#plot", "image",
				"Plot of how long each query of the last minute took. The table below says the same.");
		assertThat(this.browser.find("#answer").getAriaRole()).isEqualTo("status");
		assertThat(this.browser.find("#connection").getAriaRole()).isEqualTo("status");
	}

	private void assertIs(String selector, String role, String name) {
		assertThat(this.browser.find(selector).getAriaRole()).isEqualTo(role);
		assertThat(this.browser.find(selector).getAccessibleName()).isEqualTo(name);
	}

	private Object background() {
		return this.browser.run("return getComputedStyle(document.body).backgroundColor");
	}

	private void assertShowsNoValue() {
		String source = this.browser.source();
		assertThat(Canary.isIn(source)).isFalse();
		assertThat(source.contains(property("spring.datasource.password"))).isFalse();
	}

	private void until(Callable<Boolean> condition) {
		Awaitility.await().atMost(PATIENCE).ignoreNoExceptions().until(condition);
	}

	private long number(String place) {
		return Long.parseLong(this.browser.text("[data-live='" + place + "']"));
	}

	private String attribute(String selector, String name) {
		return this.browser.attribute(selector, name);
	}

	private String property(String name) {
		return this.application.getEnvironment().getProperty(name);
	}

}
