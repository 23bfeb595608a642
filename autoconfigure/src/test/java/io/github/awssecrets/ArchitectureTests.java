package io.github.awssecrets;

import java.io.Serializable;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import io.github.awssecrets.testing.Canary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests of the order of the packages and of what each may know.
 */
class ArchitectureTests {

	private static final String BASE = "io.github.awssecrets.";

	/* Each may use those before it. */
	private static final List<String> PACKAGES = List.of("reference", "retrieval", "permission", "snapshot",
			"connection", "env", "refresh", "credentials", "jdbc", "ssl", "redis", "amqp", "mail", "actuate",
			"autoconfigure");

	/* Those whose own fields are the text of a value. */
	private static final Set<String> VALUES = Set.of(BASE + "reference.SecretContent",
			BASE + "reference.JsonNode$Scalar", BASE + "reference.JsonPart", BASE + "reference.KeyResult$Found",
			BASE + "env.SecretValues$Part", BASE + "env.SecretValues$Answer", BASE + "env.TwinValues$KnownValue",
			BASE + "env.ResolvedText$Literal", BASE + "credentials.Credentials",
			BASE + "credentials.CredentialPart$Fixed", BASE + "redis.RedisLogin", BASE + "amqp.RabbitLogin",
			BASE + "mail.MailLogin", BASE + "refresh.PropertyUpdate", BASE + "refresh.BeanUpdate",
			BASE + "retrieval.AccessKey");

	/* What such a type may show: what something is called is not confidential. */
	private static final Set<String> NAMES = Set.of("id", "name");

	private static final JavaClasses production = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages("io.github.awssecrets")
		.that(DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage("io.github.awssecrets.embedded..")));

	@Test
	void packagesWhenListedAreAllThereAre() {
		assertThat(production.stream().map(JavaClass::getPackageName).distinct())
			.containsExactlyInAnyOrderElementsOf(PACKAGES.stream().map((name) -> BASE + name).toList());
	}

	@ParameterizedTest
	@MethodSource("packages")
	void packageUsesOnlyThoseBeforeIt(String name) {
		List<String> later = new ArrayList<>();
		PACKAGES.subList(PACKAGES.indexOf(name) + 1, PACKAGES.size()).forEach((each) -> later.add(BASE + each + ".."));
		ArchRule rule = ArchRuleDefinition.noClasses()
			.that()
			.resideInAPackage(BASE + name)
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(later.toArray(String[]::new));
		rule.allowEmptyShould(false).check(production);
	}

	static List<String> packages() {
		return PACKAGES.subList(0, PACKAGES.size() - 1);
	}

	@Test
	void packageOrderWhenBrokenIsNoticed() {
		ArchRule reversed = ArchRuleDefinition.noClasses()
			.that()
			.resideInAPackage(BASE + "env")
			.should()
			.dependOnClassesThat()
			.resideInAPackage(BASE + "reference");
		assertThatThrownBy(() -> reversed.check(production)).isInstanceOf(AssertionError.class);
	}

	@Test
	void packagesHaveNoCycles() {
		SlicesRuleDefinition.slices().matching(BASE + "(*)").should().beFreeOfCycles().check(production);
	}

	@Test
	void referenceKnowsNeitherSpringNorAws() {
		ArchRuleDefinition.noClasses()
			.that()
			.resideInAPackage(BASE + "reference")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.springframework..", "software.amazon..")
			.check(production);
	}

	@Test
	void onlyRetrievalKnowsTheAwsSdk() {
		ArchRuleDefinition.noClasses()
			.that()
			.resideOutsideOfPackage(BASE + "retrieval")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("software.amazon..")
			.check(production);
	}

	@Test
	void typesThatHoldValuesAreNotSerializable() {
		Set<String> holding = holdingValues();
		assertThat(holding).contains(BASE + "retrieval.SecretVersion", BASE + "snapshot.Snapshot",
				BASE + "env.TwinValues$KnownValue");
		ArchRuleDefinition.classes()
			.that(DescribedPredicate.describe("hold values", (type) -> holding.contains(type.getName())))
			.should()
			.notBeAssignableTo(Serializable.class)
			.check(production);
	}

	@Test
	void recordsOfValuesHaveATextOfTheirOwn() {
		assertThat(recordsOfValues()).hasSizeGreaterThan(10).noneMatch(ArchitectureTests::hasGeneratedText);
		assertThat(production.stream().map(JavaClass::getName)).containsAll(VALUES);
	}

	@Test
	void textOfRecordWhenGeneratedIsNoticed() {
		JavaClasses records = new ClassFileImporter().importClasses(Plain.class, Redacted.class);
		assertThat(records.get(Plain.class)).matches(ArchitectureTests::hasGeneratedText);
		assertThat(records.get(Redacted.class)).matches((type) -> !hasGeneratedText(type));
	}

	/* The compiler's is final. */
	private static boolean hasGeneratedText(JavaClass type) {
		return type.getMethod("toString").getModifiers().contains(JavaModifier.FINAL);
	}

	@ParameterizedTest
	@MethodSource("recordsOfValues")
	void recordOfValuesDoesNotShowThem(JavaClass type) throws Exception {
		RecordComponent[] components = type.reflect().getRecordComponents();
		Constructor<?> constructor = type.reflect()
			.getDeclaredConstructor(Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
		constructor.setAccessible(true);
		Object holding = constructor.newInstance(Stream.of(components).map(ArchitectureTests::example).toArray());
		assertThat(Canary.isIn(holding.toString())).isFalse();
	}

	private static Object example(RecordComponent component) {
		if (component.getType() == boolean.class) {
			return true;
		}
		if (component.getType() == List.class) {
			return List.of();
		}
		return component.getType().isAssignableFrom(String.class)
				? NAMES.contains(component.getName()) ? "app" : Canary.value("prod/db", 1) : null;
	}

	static List<JavaClass> recordsOfValues() {
		return production.stream().filter((type) -> VALUES.contains(type.getName()) && type.isRecord()).toList();
	}

	@Test
	void recordsOfLoginsAreKnownToHoldValues() {
		List<String> logins = production.stream()
			.filter((type) -> type.isRecord() && type.getSimpleName().matches(".*(Login|Credentials)"))
			.filter((type) -> Stream.of(type.reflect().getRecordComponents())
				.anyMatch((component) -> component.getType() == String.class))
			.map(JavaClass::getName)
			.toList();
		assertThat(logins).hasSizeGreaterThanOrEqualTo(4);
		assertThat(VALUES).containsAll(logins);
	}

	/**
	 * Return the types that have a value of a secret in a field, and those that may have
	 * one of these in a field, at any remove, as an element of a collection too.
	 */
	private static Set<String> holdingValues() {
		Set<String> holding = new LinkedHashSet<>(VALUES);
		boolean more = true;
		while (more) {
			more = false;
			for (JavaClass type : production) {
				if (type.getFields()
					.stream()
					.anyMatch((field) -> field.getType()
						.getAllInvolvedRawTypes()
						.stream()
						.anyMatch((each) -> mayHold(each, holding)))) {
					more |= holding.add(type.getName());
				}
			}
		}
		return holding;
	}

	private static boolean mayHold(JavaClass type, Set<String> holding) {
		return holding.contains(type.getName()) || (type.getName().startsWith(BASE)
				&& type.getAllSubclasses().stream().anyMatch((subclass) -> holding.contains(subclass.getName())));
	}

	@Test
	void stateIsNeverStaticAndMutable() {
		ArchRuleDefinition.fields().that().areStatic().should().beFinal().check(production);
	}

	@Test
	void autoConfigurationsAreFinalAndKeepTheirBeansToThemselves() {
		ArchRuleDefinition.classes()
			.that()
			.haveSimpleNameEndingWith("AutoConfiguration")
			.should()
			.haveModifier(JavaModifier.FINAL)
			.andShould()
			.haveModifier(JavaModifier.PUBLIC)
			.check(production);
		ArchRuleDefinition.methods().that().areAnnotatedWith(Bean.class).should().bePackagePrivate().check(production);
	}

	private record Plain(String text) {

	}

	private record Redacted(String text) {

		@Override
		public String toString() {
			return "Redacted[***]";
		}

	}

}
