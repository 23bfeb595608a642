package io.github.awssecrets.env;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import io.github.awssecrets.retrieval.RetrievalReport;
import io.github.awssecrets.retrieval.SecretVersion;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.io.Resource;

/**
 * The lines of the log about what was resolved and what could not be. A problem is logged
 * once.
 */
final class ResolutionLog {

	private static final Log logger = LogFactory.getLog(SecretsEnvironment.class);

	private final SecretsProperties settings;

	private final SecretImports imports;

	private final NamedSecrets named;

	private final Set<ReferenceProblem> warned = ConcurrentHashMap.newKeySet();

	ResolutionLog(SecretsProperties settings, SecretImports imports, NamedSecrets named) {
		this.settings = settings;
		this.imports = imports;
		this.named = named;
	}

	/**
	 * Log what was retrieved, and for how many references, imports and settings.
	 * @param texts the texts of all effective properties
	 * @param unresolved how many references and imports have no value
	 * @param report what was retrieved
	 */
	void resolved(List<ResolvedText> texts, int unresolved, RetrievalReport report) {
		long references = references(texts, report);
		Map<String, Long> counts = new LinkedHashMap<>();
		counts.put("reference", references);
		counts.put("import", this.imports.count(report.outcomes().keySet()));
		counts.put("setting", this.named.count(report.outcomes().keySet()));
		String uses = counts.entrySet()
			.stream()
			.filter((entry) -> entry.getValue() > 0)
			.map((entry) -> count(entry.getValue(), entry.getKey()))
			.collect(Collectors.joining(" and "));
		uses = uses.isEmpty() ? count(references, "reference") : uses;
		String resolved = (unresolved == 0) ? "" : "all but %d of ".formatted(unresolved);
		Resource file = this.settings.local();
		String place = (file != null) ? file.getDescription() : regions(report);
		String calls = (file != null) ? "" : count(report.calls(), "call") + ", ";
		logger.info("Resolved %s%s to %s in %s: %s%d ms".formatted(resolved, uses,
				count(report.versions().size() + report.failures().size(), "secret"), place, calls,
				report.elapsed().toMillis()));
	}

	private static long references(List<ResolvedText> texts, RetrievalReport report) {
		Set<Object> places = new HashSet<>();
		for (ResolvedText text : texts) {
			for (ResolvedText.Piece piece : text.pieces()) {
				if (piece instanceof ResolvedText.Target target && isOf(report, target)) {
					places.add(target.use().place());
				}
			}
		}
		return places.size();
	}

	private static boolean isOf(RetrievalReport report, ResolvedText.Target target) {
		// A second pass finds those of the first again
		return !target.use().property().isImported()
				&& (target.reference() == null || report.outcomes().containsKey(target.reference().selector()));
	}

	private static String regions(RetrievalReport report) {
		Set<String> regions = report.versions()
			.stream()
			.map(SecretVersion::region)
			.filter(Objects::nonNull)
			.collect(Collectors.toCollection(LinkedHashSet::new));
		if (regions.isEmpty() && report.region() != null) {
			regions.add(report.region());
		}
		return regions.isEmpty() ? "no Region" : String.join(", ", regions);
	}

	private static String count(long count, String noun) {
		return "%d %s%s".formatted(count, noun, (count == 1) ? "" : "s");
	}

	/**
	 * Warn of what has no value.
	 * @param imports the problems of imports
	 * @param references the problems of references
	 */
	void unresolved(List<ReferenceProblem> imports, List<ReferenceProblem> references) {
		warn("Unresolved import: its properties cannot be read. ", imports);
		warn("Unresolved reference: reading it will fail. ", references);
	}

	private void warn(String consequence, List<ReferenceProblem> problems) {
		problems.stream().filter(this.warned::add).forEach((problem) -> logger.warn(consequence + problem));
	}

}
