package io.github.awssecrets.others;

/**
 * Tests of references beside Jasypt with {@code proxy-property-sources=true}.
 */
class JasyptProxyIntegrationTests extends JasyptIntegrationTests {

	@Override
	String[] settings() {
		return new String[] { "--jasypt.encryptor.proxy-property-sources=true" };
	}

}
