package io.github.awssecrets.embedded;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One page of an answer, and the token for the next one. A token says how many elements
 * came before and is bound to the query that it belongs to.
 *
 * @param elements the elements of this page
 * @param nextToken the token for the next page, unless this is the last
 * @param <T> the type of the elements
 */
record Page<T>(List<T> elements, @Nullable String nextToken) {

	private static final String NEXT_TOKEN = "NextToken";

	static <T> Page<T> of(List<T> all, Parameters parameters, int size, String query) {
		int from = offset(parameters.string(NEXT_TOKEN, 1, 4096), query);
		if (from > all.size()) {
			throw ApiException.invalidNextToken();
		}
		int to = Math.min(from + size, all.size());
		return new Page<>(all.subList(from, to), (to < all.size()) ? token(to, query) : null);
	}

	void addTokenTo(ObjectNode answer) {
		if (this.nextToken != null) {
			answer.put(NEXT_TOKEN, this.nextToken);
		}
	}

	private static String token(int offset, String query) {
		return Base64.getUrlEncoder()
			.encodeToString((offset + ":" + query.hashCode()).getBytes(StandardCharsets.UTF_8));
	}

	private static int offset(@Nullable String token, String query) {
		if (token == null) {
			return 0;
		}
		try {
			String[] parts = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8).split(":", 2);
			int offset = Integer.parseInt(parts[0]);
			if (offset > 0 && token.equals(token(offset, query))) {
				return offset;
			}
		}
		catch (IllegalArgumentException ex) {
			// Not a token of ours
		}
		throw ApiException.invalidNextToken();
	}

}
