package io.github.awssecrets.sample;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A Chromium without a window, if this machine has one with its driver on the path. It
 * prints which, as the contract suite does.
 */
final class Browser implements AutoCloseable {

	private final ChromeDriver driver;

	private Browser(ChromeDriver driver) {
		this.driver = driver;
	}

	/**
	 * Start a browser, or skip the test that needs it.
	 * @param profile an empty directory
	 * @return the browser
	 */
	static Browser startOrSkip(Path profile) {
		Optional<File> program = onPath("chromium", "chromium-browser", "google-chrome");
		Optional<File> driver = onPath("chromedriver");
		if (program.isEmpty() || driver.isEmpty()) {
			String missing = "browser: not run, no " + (program.isEmpty() ? "chromium" : "chromedriver") + " on PATH";
			System.out.println(missing);
			Assumptions.abort(missing);
		}
		Browser browser = new Browser(start(program.orElseThrow(), driver.orElseThrow(), profile));
		System.out.println("browser: " + browser.driver.getCapabilities().getBrowserName() + " "
				+ browser.driver.getCapabilities().getBrowserVersion());
		return browser;
	}

	private static Optional<File> onPath(String... names) {
		String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
		return Arrays.stream(names)
			.flatMap((name) -> Arrays.stream(path.split(File.pathSeparator)).map((folder) -> Path.of(folder, name)))
			.filter(Files::isExecutable)
			.map(Path::toFile)
			.findFirst();
	}

	private static ChromeDriver start(File program, File driver, Path profile) {
		ChromeOptions options = new ChromeOptions();
		options.setBinary(program);
		options.addArguments("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic",
				"--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
				"--user-data-dir=" + profile);
		LoggingPreferences logs = new LoggingPreferences();
		logs.enable(LogType.BROWSER, Level.ALL);
		options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
		return new ChromeDriver(new ChromeDriverService.Builder().usingDriverExecutable(driver).build(), options);
	}

	void open(String url) {
		this.driver.get(url);
	}

	/**
	 * Look at the page as on another device.
	 */
	void emulate(int width, int height, String colorScheme) {
		this.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
		this.driver.executeCdpCommand("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colorScheme))));
	}

	WebElement find(String selector) {
		return this.driver.findElement(By.cssSelector(selector));
	}

	/**
	 * Return the text of an element, also of one that is out of sight. Asked for in one
	 * go, as the page replaces elements all the time.
	 */
	String text(String selector) {
		return String
			.valueOf(this.driver.executeScript("return document.querySelector(arguments[0]).textContent", selector));
	}

	/**
	 * Return an attribute of an element, in one go too.
	 * @return the value, or {@code null} if there is no such attribute
	 */
	@Nullable String attribute(String selector, String name) {
		return (String) this.driver
			.executeScript("return document.querySelector(arguments[0]).getAttribute(arguments[1])", selector, name);
	}

	int count(String selector) {
		return this.driver.findElements(By.cssSelector(selector)).size();
	}

	WebElement focused() {
		return this.driver.switchTo().activeElement();
	}

	@Nullable Object run(String script) {
		return this.driver.executeScript(script);
	}

	String source() {
		return String.valueOf(this.driver.getPageSource());
	}

	/**
	 * Return what the browser complained of, such as what the page's policy forbids.
	 */
	List<String> complaints() {
		return this.driver.manage().logs().get(LogType.BROWSER).getAll().stream().map(LogEntry::getMessage).toList();
	}

	@Override
	public void close() {
		this.driver.quit();
	}

}
