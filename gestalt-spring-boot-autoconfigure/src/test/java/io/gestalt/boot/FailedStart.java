package io.gestalt.boot;

import java.util.Arrays;

import io.gestalt.boot.codec.CodecAutoConfiguration;
import io.gestalt.boot.endpoint.EndpointAutoConfiguration;
import io.gestalt.boot.lifecycle.LifecycleAutoConfiguration;
import io.gestalt.boot.tcp.TcpAutoConfiguration;
import io.gestalt.boot.udp.UdpAutoConfiguration;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/** Starts applications that must not start. */
public final class FailedStart {

	private static final String HEADLINE = "APPLICATION FAILED TO START";

	private FailedStart() {
	}

	/** An application with endpoints of all transports. */
	public static SpringApplicationBuilder application(Class<?>... sources) {
		return withoutTransports(sources).sources(TransportConfiguration.class);
	}

	/** An application that knows endpoints, but not how to make them. */
	public static SpringApplicationBuilder withoutTransports(Class<?>... sources) {
		return new SpringApplicationBuilder(EndpointConfiguration.class).sources(sources)
			.web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.registerShutdownHook(false);
	}

	/** What a user reads when an application does not start. */
	public static String output(CapturedOutput output, SpringApplicationBuilder application, String... properties) {
		String[] arguments = Arrays.stream(properties).map((property) -> "--" + property).toArray(String[]::new);
		assertThatException().isThrownBy(() -> application.run(arguments).close());
		assertThat(output).contains(HEADLINE);
		return output.getOut().substring(output.getOut().indexOf(HEADLINE));
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ SslAutoConfiguration.class, TaskExecutionAutoConfiguration.class,
			CodecAutoConfiguration.class, EndpointAutoConfiguration.class, LifecycleAutoConfiguration.class })
	static class EndpointConfiguration {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ TcpAutoConfiguration.class, UdpAutoConfiguration.class })
	static class TransportConfiguration {

	}

}
