package io.github.awssecrets.retrieval;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;

/**
 * Where the application's own Region is found if no setting names it.
 */
final class RegionProviders {

	private RegionProviders() {
	}

	/**
	 * Return the SDK's own chain, which may ask the metadata of an instance.
	 * @param profile the profile of the AWS configuration files, or {@code null}
	 * @return the provider
	 */
	static AwsRegionProvider all(@Nullable String profile) {
		DefaultAwsRegionProviderChain.Builder chain = DefaultAwsRegionProviderChain.builder();
		return (profile != null) ? chain.profileName(profile).build() : chain.build();
	}

	/**
	 * Return the part of the chain that asks nobody: system properties, environment
	 * variables and files.
	 * @param profile the profile of the AWS configuration files, or {@code null}
	 * @return the provider
	 */
	static AwsRegionProvider local(@Nullable String profile) {
		return new AwsRegionProviderChain(new SystemSettingsRegionProvider(),
				(profile != null) ? new AwsProfileRegionProvider(null, profile) : new AwsProfileRegionProvider());
	}

	/**
	 * Find the Region without asking anybody.
	 * @param profile the profile of the AWS configuration files, or {@code null}
	 * @return the Region, or {@code null} if it is not there
	 */
	static @Nullable String configured(@Nullable String profile) {
		try {
			return local(profile).getRegion().id();
		}
		catch (SdkClientException ex) {
			return null;
		}
	}

}
