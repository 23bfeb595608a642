package io.github.awssecrets.sample;

import io.github.awssecrets.sample.demo.EmbeddedServers;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/**
 * A web application whose database credentials come from AWS Secrets Manager. All that it
 * needs for this is in its {@code application.yml}; the {@link EmbeddedServers} are here
 * so that it runs without an account and without a database.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
public class SampleApplication {

	public static void main(String[] args) {
		create(new EmbeddedServers()).run(args);
	}

	static SpringApplication create(EmbeddedServers servers) {
		SpringApplication application = new SpringApplication(SampleApplication.class);
		application.addListeners(servers);
		return application;
	}

}
