package io.github.awssecrets.retrieval;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.github.awssecrets.reference.ReferenceSyntaxException;
import io.github.awssecrets.reference.SecretContent;
import io.github.awssecrets.reference.SecretSelector;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

import org.springframework.core.io.Resource;

/**
 * Reads secrets from a YAML file: a mapping from the name of each to its content, which
 * is a mapping or sequence (JSON), {@code !!binary} (bytes), or any other scalar (text).
 * Texts are what stands in the file, whatever YAML would take them for. Nothing is
 * resolved or constructed, so that no tag can name a class.
 */
final class LocalFileReader {

	/* AWS's own limit, which also bounds what aliases of aliases can grow to */
	private static final int MAXIMUM_BYTES = 65536;

	private LocalFileReader() {
	}

	/**
	 * Read a file.
	 * @param file the file
	 * @return its secrets
	 * @throws LocalFileException if it cannot be read, or breaks the rules
	 */
	static LocalSecrets read(Resource file) throws LocalFileException {
		Node root = compose(text(file));
		if (root == null) {
			throw new LocalFileException("it is empty. Write {} if there are no secrets");
		}
		if (!(root instanceof MappingNode mapping) || !Tag.MAP.equals(root.getTag())) {
			throw LocalFileException.at(line(root), "expected a mapping from names of secrets to their contents");
		}
		List<LocalSecret> secrets = new ArrayList<>();
		Set<SecretSelector> selectors = new HashSet<>();
		for (NodeTuple entry : mapping.getValue()) {
			SecretSelector selector = selector(entry.getKeyNode());
			if (!selectors.add(selector)) {
				throw LocalFileException.at(line(entry.getKeyNode()),
						"secret '%s' stands twice in the file".formatted(selector.id()));
			}
			secrets.add(new LocalSecret(selector, content(entry.getValueNode(), selector)));
		}
		return new LocalSecrets(secrets);
	}

	private static String text(Resource file) throws LocalFileException {
		try (InputStream input = file.getInputStream()) {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(input.readAllBytes())).toString();
		}
		catch (CharacterCodingException ex) {
			throw new LocalFileException("it is not UTF-8");
		}
		catch (IOException ex) {
			throw new LocalFileException(file.exists() ? "it cannot be read" : "it does not exist");
		}
	}

	/* What YAML's own messages quote may be a value */
	private static @Nullable Node compose(String text) throws LocalFileException {
		LoaderOptions options = new LoaderOptions();
		options.setCodePointLimit(Integer.MAX_VALUE);
		try {
			return new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
		}
		catch (MarkedYAMLException ex) {
			Mark mark = ex.getProblemMark();
			throw (mark != null) ? LocalFileException.at(mark.getLine() + 1, "not valid YAML")
					: new LocalFileException("not valid YAML");
		}
		catch (YAMLException ex) {
			throw new LocalFileException("not valid YAML");
		}
	}

	private static SecretSelector selector(Node key) throws LocalFileException {
		if (!(key instanceof ScalarNode scalar) || Tag.MERGE.equals(key.getTag())) {
			throw LocalFileException.at(line(key), "expected the name or ARN of a secret");
		}
		try {
			return LocalSecret.parse(scalar.getValue());
		}
		catch (ReferenceSyntaxException ex) {
			throw LocalFileException.at(line(key), ex.getReason());
		}
	}

	private static SecretContent content(Node node, SecretSelector selector) throws LocalFileException {
		if (node instanceof MappingNode || node instanceof SequenceNode) {
			return SecretContent.ofText(YamlJson.write(node, MAXIMUM_BYTES));
		}
		ScalarNode scalar = (ScalarNode) node;
		YamlJson.requireStandard(scalar);
		if (Tag.NULL.equals(node.getTag())) {
			throw LocalFileException.at(line(node),
					"secret '%s' has no content. Write \"\" if it is empty".formatted(selector.id()));
		}
		return Tag.BINARY.equals(node.getTag()) ? SecretContent.ofBinary(bytes(scalar))
				: SecretContent.ofText(scalar.getValue());
	}

	private static byte[] bytes(ScalarNode node) throws LocalFileException {
		try {
			return Base64.getDecoder().decode(node.getValue().replaceAll("\\s", ""));
		}
		catch (IllegalArgumentException ex) {
			throw LocalFileException.at(line(node), "the text of !!binary is not Base64");
		}
	}

	static int line(Node node) {
		return node.getStartMark().getLine() + 1;
	}

}
