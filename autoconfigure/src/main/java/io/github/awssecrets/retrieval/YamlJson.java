package io.github.awssecrets.retrieval;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.regex.Pattern;

import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/**
 * Writes YAML as JSON in which every scalar has exactly the text that it has in the YAML:
 * a plain one that JSON knows as a number or boolean is that, {@code null} in all its
 * forms is {@code null}, and everything else, also what only YAML takes for a number,
 * boolean or date, is a string.
 */
final class YamlJson {

	private static final Pattern NUMBER = Pattern.compile("-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d+)?");

	private static final Set<Tag> STANDARD = Set.of(Tag.MAP, Tag.SEQ, Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL,
			Tag.TIMESTAMP, Tag.BINARY);

	/* Leaves nothing of a secret in buffers that are used again */
	private static final JsonFactory FACTORY = JsonFactory.builder()
		.recyclerPool(JsonRecyclerPools.nonRecyclingPool())
		.build();

	private final JsonGenerator generator;

	private final StringWriter json;

	private final int maximumBytes;

	private final IdentityHashMap<Node, Node> open = new IdentityHashMap<>();

	private YamlJson(JsonGenerator generator, StringWriter json, int maximumBytes) {
		this.generator = generator;
		this.json = json;
		this.maximumBytes = maximumBytes;
	}

	/**
	 * Write a mapping or sequence.
	 * @param node the mapping or sequence
	 * @param maximumBytes the most that the JSON may take in UTF-8
	 * @return the JSON
	 * @throws LocalFileException if it breaks the rules
	 */
	static String write(Node node, int maximumBytes) throws LocalFileException {
		StringWriter json = new StringWriter();
		try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), json)) {
			YamlJson writer = new YamlJson(generator, json, maximumBytes);
			writer.writeNode(node);
			generator.flush();
			writer.requireSize(json.toString().getBytes(StandardCharsets.UTF_8).length, node);
		}
		return json.toString();
	}

	private void writeNode(Node node) throws LocalFileException {
		requireStandard(node);
		if (node instanceof ScalarNode scalar) {
			writeScalar(scalar);
			return;
		}
		if (this.open.put(node, node) != null) {
			throw LocalFileException.at(LocalFileReader.line(node), "it contains itself");
		}
		this.generator.flush();
		requireSize(this.json.getBuffer().length(), node);
		if (node instanceof MappingNode mapping) {
			writeMapping(mapping);
		}
		else if (node instanceof SequenceNode sequence) {
			this.generator.writeStartArray();
			for (Node element : sequence.getValue()) {
				writeNode(element);
			}
			this.generator.writeEndArray();
		}
		this.open.remove(node);
	}

	private void writeMapping(MappingNode mapping) throws LocalFileException {
		this.generator.writeStartObject();
		Set<String> names = new HashSet<>();
		for (NodeTuple entry : mapping.getValue()) {
			Node key = entry.getKeyNode();
			if (!(key instanceof ScalarNode scalar)) {
				throw LocalFileException.at(LocalFileReader.line(key), "a key must be a text");
			}
			requireStandard(key);
			if (!names.add(scalar.getValue())) {
				throw LocalFileException.at(LocalFileReader.line(key),
						"key '%s' stands twice in one mapping".formatted(scalar.getValue()));
			}
			this.generator.writeName(scalar.getValue());
			writeNode(entry.getValueNode());
		}
		this.generator.writeEndObject();
	}

	private void writeScalar(ScalarNode scalar) throws LocalFileException {
		String text = scalar.getValue();
		boolean plain = scalar.getScalarStyle() == ScalarStyle.PLAIN;
		if (Tag.BINARY.equals(scalar.getTag())) {
			throw LocalFileException.at(LocalFileReader.line(scalar),
					"!!binary is for a whole secret. JSON has no bytes");
		}
		if (Tag.NULL.equals(scalar.getTag())) {
			this.generator.writeNull();
		}
		else if (plain && NUMBER.matcher(text).matches()) {
			this.generator.writeNumber(text);
		}
		else if (plain && (text.equals("true") || text.equals("false"))) {
			this.generator.writeBoolean(Boolean.parseBoolean(text));
		}
		else {
			this.generator.writeString(text);
		}
	}

	static void requireStandard(Node node) throws LocalFileException {
		if (Tag.MERGE.equals(node.getTag())) {
			throw LocalFileException.at(LocalFileReader.line(node), "'<<' is not supported. Write \"<<\" for a key");
		}
		if (!STANDARD.contains(node.getTag())) {
			throw LocalFileException.at(LocalFileReader.line(node), "only the standard tags of YAML are supported");
		}
	}

	private void requireSize(int size, Node node) throws LocalFileException {
		if (size > this.maximumBytes) {
			throw LocalFileException.at(LocalFileReader.line(node),
					"the secret is larger than %d bytes".formatted(this.maximumBytes));
		}
	}

}
