package io.github.awssecrets.benchmarks;

import java.util.concurrent.TimeUnit;

import io.github.awssecrets.reference.ReferenceText;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Parsing the text of one property.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class ReferenceParsing {

	@Param({ "$<secret:prod/orders/db.password>",
			"jdbc:postgresql://$<secret:prod/db.host>:$<secret:prod/db.port>/orders",
			"$<secret:${app.env}/payment.keys[0]?stage=AWSPREVIOUS:none>" })
	public String text = "";

	@Benchmark
	public ReferenceText parse() {
		return ReferenceText.parse(this.text);
	}

}
