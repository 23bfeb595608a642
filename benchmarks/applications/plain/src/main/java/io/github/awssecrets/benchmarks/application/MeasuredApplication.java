package io.github.awssecrets.benchmarks.application;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

import com.sun.management.OperatingSystemMXBean;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.context.scope.refresh.RefreshScopeRefreshedEvent;
import org.springframework.context.event.EventListener;

/**
 * A Spring Boot application with beans of configuration properties for its first five
 * secrets. It lives until its standard input ends; a line there asks for its heap.
 */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties({ Client.Client0.class, Client.Client1.class, Client.Client2.class, Client.Client3.class,
		Client.Client4.class })
public class MeasuredApplication {

	/** What all properties that hold secrets start with. */
	public static final String PREFIX = "bench.secret-";

	/** The number of secrets that have a bean. */
	public static final int BEANS = 5;

	/**
	 * Run the application.
	 * @param args arguments of Spring Boot
	 * @throws IOException if standard input cannot be read
	 */
	public static void main(String[] args) throws IOException {
		SpringApplication.run(MeasuredApplication.class, args);
		BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		while (commands.readLine() != null) {
			Heap.report();
		}
		System.exit(0);
	}

	@EventListener
	void ready(ApplicationReadyEvent event) {
		OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
		Report.READY.print(system.getProcessCpuTime() / 1000,
				ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount());
	}

	@EventListener
	void refreshed(RefreshScopeRefreshedEvent event) {
		Report.REFRESHED.print();
	}

}
