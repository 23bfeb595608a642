package io.github.awssecrets.actuator;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The answers of all endpoints of an application but those that dump or end it.
 */
final class EndpointAnswers {

	private static final Pattern LINK = Pattern.compile("\"href\":\"http://[^\"]*?/actuator(/[^\"]*)\"");

	private static final Pattern NAME = Pattern.compile("\"([a-zA-Z0-9.\\-_]+)\"");

	private EndpointAnswers() {
	}

	/**
	 * Ask for everything there is a link for, and for each part of it.
	 * @param application the application
	 * @return the answers by their paths
	 */
	static Map<String, String> of(WebApplication application) {
		Map<String, String> answers = new LinkedHashMap<>();
		Set<String> paths = new LinkedHashSet<>();
		Matcher link = LINK.matcher(application.get("").body());
		while (link.find()) {
			paths.add(link.group(1));
		}
		assertThat(paths).hasSizeGreaterThan(15);
		for (String path : paths) {
			if (path.equals("/heapdump") || path.equals("/shutdown")) {
				continue;
			}
			int part = path.indexOf("/{");
			if (part == -1) {
				HttpResponse<String> response = application.get(path);
				assertThat(response.statusCode()).as(path).isIn(200, 405);
				answers.put(path, response.body());
			}
			else {
				String whole = path.substring(0, part);
				parts(application, whole)
					.forEach((name) -> answers.put(whole + "/" + name, application.get(whole + "/" + name).body()));
			}
		}
		return answers;
	}

	private static Set<String> parts(WebApplication application, String path) {
		Set<String> names = new LinkedHashSet<>();
		if (path.equals("/env")) {
			names.addAll(List.of("app.password", "app.login", "app.derived", "app.map.key", "app.list[1]",
					"app.variable", "APP_VARIABLE", "imported.token", "app.plain"));
		}
		else if (path.equals("/metrics")) {
			Matcher name = NAME.matcher(application.get(path).body());
			while (name.find()) {
				names.add(name.group(1));
			}
		}
		else {
			names.addAll(List.of("app", "root", "io.github.awssecrets", "refreshScope", "prod/db", "policy"));
		}
		Set<String> encoded = new LinkedHashSet<>();
		names.forEach((name) -> encoded
			.add((name.indexOf('[') != -1) ? URLEncoder.encode(name, StandardCharsets.UTF_8) : name));
		return encoded;
	}

}
