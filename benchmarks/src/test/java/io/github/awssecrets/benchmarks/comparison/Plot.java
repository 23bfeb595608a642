package io.github.awssecrets.benchmarks.comparison;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * The plot of how costs grow with the number of secrets, as SVG: a panel for each
 * measure, both axes logarithmic.
 */
final class Plot {

	private static final List<Measure> PANELS = List.of(Measure.START_SPAN, Measure.READY, Measure.HEAP_LIVE,
			Measure.IDLE_TIME, Measure.ROTATION_TIME, Measure.FIVE_TIME);

	private static final int COLUMNS = 3;

	private static final int WIDTH = 300;

	private static final int HEIGHT = 240;

	private static final int LEFT = 52;

	private static final int RIGHT = 16;

	private static final int TOP = 64;

	private static final int BOTTOM = 36;

	private static final int HEADER = 40;

	private static final int MAXIMUM_SECRETS = 1000;

	private final Observations observations;

	private final StringBuilder svg = new StringBuilder();

	private Plot(Observations observations) {
		this.observations = observations;
	}

	static String of(Observations observations) {
		Plot plot = new Plot(observations);
		plot.draw();
		return plot.svg.toString();
	}

	private void draw() {
		int rows = (PANELS.size() + COLUMNS - 1) / COLUMNS;
		int width = COLUMNS * WIDTH;
		int height = HEADER + rows * HEIGHT;
		add("<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d' viewBox='0 0 %d %d' "
				+ "font-family='sans-serif' font-size='11' role='img' aria-label='Cost by number of secrets'>", width,
				height, width, height);
		add("<style>.peer{stroke:#b4530a;fill:#b4530a}.starter{stroke:#1f6feb;fill:#1f6feb}.line{fill:none;"
				+ "stroke-width:2}.grid{stroke:#d8dee4}.title{font-size:12px;font-weight:bold}text{stroke:none;"
				+ "fill:#24292f}</style>");
		add("<rect width='100%%' height='100%%' fill='white'/>");
		legend(Variant.PEER, "Spring Cloud AWS", LEFT);
		legend(Variant.STARTER, "this starter", LEFT + 150);
		for (int i = 0; i < PANELS.size(); i++) {
			new Panel(PANELS.get(i), (i % COLUMNS) * WIDTH, HEADER + (i / COLUMNS) * HEIGHT).draw();
		}
		add("</svg>");
	}

	private void legend(Variant variant, String text, int x) {
		add("<circle class='%s' cx='%d' cy='24' r='4'/><text x='%d' y='28'>%s</text>", variant.label(), x, x + 10,
				text);
	}

	@SuppressWarnings("AnnotateFormatMethod")
	private void add(String format, Object... arguments) {
		this.svg.append(String.format(Locale.ROOT, format, arguments)).append('\n');
	}

	/**
	 * The panel of one measure.
	 */
	private final class Panel {

		private final Measure measure;

		private final int x;

		private final int y;

		private final Map<Variant, Map<Integer, Double>> lines;

		private final int lowest;

		private final int highest;

		Panel(Measure measure, int x, int y) {
			this.measure = measure;
			this.x = x;
			this.y = y;
			this.lines = Map.of(Variant.PEER, Table.means(Plot.this.observations, measure, Variant.PEER),
					Variant.STARTER, Table.means(Plot.this.observations, measure, Variant.STARTER));
			this.lowest = (int) Math.floor(logarithms().min().orElse(-1));
			this.highest = Math.max(this.lowest + 1, (int) Math.ceil(logarithms().max().orElse(1)));
		}

		private DoubleStream logarithms() {
			return this.lines.values().stream().flatMap((line) -> line.values().stream()).mapToDouble(Math::log10);
		}

		void draw() {
			add("<text class='title' x='%d' y='%d'>%s</text>", this.x + LEFT, this.y + TOP - 44,
					this.measure.description());
			add("<text x='%d' y='%d'>%s, by number of secrets</text>", this.x + LEFT, this.y + TOP - 28,
					(this.measure.unit() == Measure.Unit.MEGABYTES) ? "megabytes" : "seconds");
			for (int secrets = 1; secrets <= MAXIMUM_SECRETS; secrets *= 10) {
				add("<line class='grid' x1='%.1f' y1='%d' x2='%.1f' y2='%d'/>", x(secrets), this.y + TOP - 12,
						x(secrets), this.y + HEIGHT - BOTTOM);
				add("<text x='%.1f' y='%d' text-anchor='middle'>%,d</text>", x(secrets), this.y + HEIGHT - BOTTOM + 16,
						secrets);
			}
			for (int power = this.lowest; power <= this.highest; power++) {
				double value = Math.pow(10, power);
				add("<line class='grid' x1='%d' y1='%.1f' x2='%d' y2='%.1f'/>", this.x + LEFT, y(value),
						this.x + WIDTH - RIGHT, y(value));
				add("<text x='%d' y='%.1f' text-anchor='end'>%s</text>", this.x + LEFT - 6, y(value) + 4,
						BigDecimal.ONE.scaleByPowerOfTen(power).toPlainString());
			}
			this.lines.forEach(this::line);
		}

		private void line(Variant variant, Map<Integer, Double> line) {
			StringBuilder points = new StringBuilder();
			line.forEach((secrets, value) -> {
				points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(secrets), y(value)));
				add("<circle class='%s' cx='%.1f' cy='%.1f' r='3'/>", variant.label(), x(secrets), y(value));
			});
			add("<polyline class='line %s' style='fill:none' points='%s'/>", variant.label(), points.toString().trim());
		}

		private double x(double secrets) {
			int room = WIDTH - LEFT - RIGHT;
			return this.x + LEFT + room * Math.log10(secrets) / Math.log10(MAXIMUM_SECRETS);
		}

		private double y(double value) {
			int room = HEIGHT - TOP - BOTTOM;
			return this.y + HEIGHT - BOTTOM
					- room * (Math.log10(value) - this.lowest) / (double) (this.highest - this.lowest);
		}

	}

}
