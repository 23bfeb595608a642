package io.github.awssecrets.adopter;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;
import org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureTestDatabase;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.result.MockMvcResultMatchers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of an application that uses references, with one line of configuration: all of
 * it, and in slices.
 */
class LocalSecretsIntegrationTests {

	private static final String LOCAL = "aws.secrets.local=classpath:secrets.yml";

	private static final String API_KEY = "also-only-for-tests";

	@Nested
	@SpringBootTest(properties = LOCAL)
	@AutoConfigureMockMvc
	class WholeApplication {

		@Test
		void secretsOfFileAreUsed(@Autowired MockMvc mvc, @Autowired HikariDataSource dataSource,
				@Autowired CustomerRepository customers) throws Exception {
			mvc.perform(MockMvcRequestBuilders.get("/"))
				.andExpect(MockMvcResultMatchers.content().string(String.valueOf(API_KEY.hashCode())));
			assertThat(dataSource.getUsername()).isEqualTo("shop");
			assertThat(customers.save(new Customer("Ada")).getId()).isNotNull();
		}

	}

	@Nested
	@WebMvcTest(properties = LOCAL)
	class WebSlice {

		@Test
		void secretsOfFileAreUsed(@Autowired MockMvc mvc, @Autowired ObjectProvider<DataSource> dataSource)
				throws Exception {
			mvc.perform(MockMvcRequestBuilders.get("/"))
				.andExpect(MockMvcResultMatchers.content().string(String.valueOf(API_KEY.hashCode())));
			assertThat(dataSource.getIfAvailable()).isNull();
		}

	}

	@Nested
	@DataJpaTest
	@TestPropertySource(properties = LOCAL)
	class DataSlice {

		@Test
		void repositoryWorks(@Autowired CustomerRepository customers, @Autowired ApplicationContext context) {
			assertThat(customers.save(new Customer("Ada")).getName()).isEqualTo("Ada");
			assertThat(context.getEnvironment().getProperty("spring.datasource.username")).isEqualTo("shop");
		}

	}

	@Nested
	@DataJpaTest(properties = LOCAL)
	@AutoConfigureTestDatabase(replace = AutoConfigureTestDatabase.Replace.NONE)
	class DataSliceWithItsOwnDatabase {

		@Test
		void credentialsAreThoseOfFile(@Autowired CustomerRepository customers,
				@Autowired HikariDataSource dataSource) {
			assertThat(customers.save(new Customer("Ada")).getId()).isNotNull();
			assertThat(dataSource.getUsername()).isEqualTo("shop");
			assertThat("only-for-tests".equals(dataSource.getPassword())).isTrue();
		}

	}

}
