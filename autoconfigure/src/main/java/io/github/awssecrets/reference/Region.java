package io.github.awssecrets.reference;

import java.util.regex.Pattern;

/**
 * The form of the name of an AWS Region, such as {@code eu-west-1}, {@code us-gov-east-1}
 * or {@code eusc-de-east-1}.
 */
final class Region {

	private static final Pattern FORM = Pattern.compile("[a-z]{2,8}(?:-[a-z]{1,16}){1,3}-\\d{1,2}");

	private Region() {
	}

	static void requireValid(String region) {
		if (!FORM.matcher(region).matches()) {
			throw new ReferenceSyntaxException("The Region is not the name of an AWS Region, such as eu-west-1");
		}
	}

}
