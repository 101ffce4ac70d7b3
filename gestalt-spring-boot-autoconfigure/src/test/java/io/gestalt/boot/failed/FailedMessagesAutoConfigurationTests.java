package io.gestalt.boot.failed;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import io.gestalt.boot.FailedStart;
import io.gestalt.boot.ReducedClassPath;
import io.gestalt.boot.codec.CodecAutoConfiguration;
import io.gestalt.boot.endpoint.EndpointAutoConfiguration;
import io.gestalt.boot.failed.actuate.FailedMessagesEndpoint;
import io.gestalt.boot.failed.actuate.FailedMessagesEndpointAutoConfiguration;
import io.gestalt.boot.lifecycle.LifecycleAutoConfiguration;
import io.gestalt.boot.tcp.TcpAutoConfiguration;
import io.gestalt.failed.FailedMessageEvent;
import io.gestalt.failed.FailedMessageStore;
import io.gestalt.failed.FailedMessages;
import io.gestalt.failed.store.BoundedStore;
import io.gestalt.failed.store.FileJournal;
import io.gestalt.failed.store.StoreLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class FailedMessagesAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, TaskExecutionAutoConfiguration.class,
				CodecAutoConfiguration.class, EndpointAutoConfiguration.class, LifecycleAutoConfiguration.class,
				TcpAutoConfiguration.class, FailedMessagesAutoConfiguration.class,
				FailedMessageAuditAutoConfiguration.class, FailedMessagesEndpointAutoConfiguration.class))
		.withPropertyValues("gestalt.tcp.server.orders.port=0");

	@Test
	void keepsMessagesInMemoryUnlessToldOtherwise() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(BoundedStore.class)
			.hasSingleBean(FailedMessages.class)
			.hasBean("gestaltFailedMessageMemory")
			.doesNotHaveBean(FailedMessagesEndpoint.class));
	}

	@Test
	void keepsMessagesInAFileIfToldSo(@TempDir Path directory) {
		Path file = directory.resolve("failed.log");
		this.runner.withPropertyValues("gestalt.failed-messages.store=file", "gestalt.failed-messages.file=" + file)
			.run((context) -> {
				assertThat(context).hasSingleBean(FailedMessages.class).hasBean("gestaltFailedMessageFile");
				assertThat(file).exists();
			});
		new BoundedStore(new StoreLimits(1, 1), FileJournal.open(file, false)).close();
	}

	@Test
	void keepsNothingIfToldSo() {
		this.runner
			.withPropertyValues("gestalt.failed-messages.store=none",
					"management.endpoints.web.exposure.include=gestaltfailed")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(FailedMessageStore.class)
				.doesNotHaveBean(FailedMessages.class)
				.doesNotHaveBean(FailedMessagesEndpoint.class));
	}

	@Test
	void backsOffFromAStoreOfTheApplication() {
		this.runner.withBean("own", FailedMessageStore.class, () -> new BoundedStore(new StoreLimits(1, 1)))
			.run((context) -> {
				assertThat(context).hasSingleBean(FailedMessageStore.class).hasBean("own");
				assertThat(context.getBean(FailedMessages.class).counts(null).kept()).isZero();
			});
	}

	@Test
	void backsOffWithoutEndpoints() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(FailedMessagesAutoConfiguration.class,
					FailedMessageAuditAutoConfiguration.class, FailedMessagesEndpointAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(FailedMessages.class));
	}

	@Test
	void tellsTheApplicationWhatIsDone() {
		this.runner.withBean(Witness.class).run((context) -> {
			context.getBean(FailedMessages.class).list(null, 0, 1);
			assertThat(context.getBean(Witness.class).seen).hasSize(1);
		});
	}

	@Test
	void anApplicationMendsWhatHasFailed() throws Exception {
		try (ManagedApplication application = ManagedApplication.open()) {
			application.fail("{\"id\":\"bad A1\"}", 1);
			application.fail("no order", 2);
			new Mending(application.bean(FailedMessages.class)).mend("night shift");
			assertThat(application.bean(ManagedApplication.Orders.class).handled).containsExactly("A1");
			assertThat(application.bean(FailedMessages.class).counts("orders").kept()).isEqualTo(1);
		}
	}

	@Test
	void limitsThatAreNoneStopTheStart() {
		this.runner.withPropertyValues("gestalt.failed-messages.max-messages=0")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("'gestalt.failed-messages.max-messages' with value '0' is invalid"));
		this.runner.withPropertyValues("gestalt.failed-messages.max-bytes=1KB")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("'gestalt.failed-messages.max-payload-size' with value '1048576' is invalid"));
	}

	@Test
	void aFileThatCannotBeUsedStopsTheStartAndTheReportNamesTheProperty(CapturedOutput output,
			@TempDir Path directory) {
		SpringApplicationBuilder application = new SpringApplicationBuilder(Plain.class).web(WebApplicationType.NONE)
			.registerShutdownHook(false);
		assertThat(FailedStart.output(output, application, "gestalt.tcp.server.orders.port=0",
				"gestalt.failed-messages.store=file", "gestalt.failed-messages.file=" + directory))
			.contains("File '%s'".formatted(directory), "cannot keep failed messages",
					"Set 'gestalt.failed-messages.file'");
	}

	@Test
	void anApplicationStartsWithoutActuator() throws Exception {
		assertThat(ReducedClassPath.call(PlainApplication.class, "spring-boot-actuator", "spring-boot-starter-actuator",
				"spring-boot-micrometer", "spring-boot-security"))
			.isEqualTo("kept 0");
	}

	public static final class PlainApplication implements Callable<String> {

		public PlainApplication() {
		}

		@Override
		public String call() {
			try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Plain.class)
				.web(WebApplicationType.NONE)
				.registerShutdownHook(false)
				.run("--gestalt.tcp.server.orders.port=0", "--spring.main.banner-mode=off")) {
				FailedMessages messages = context.getBean(FailedMessages.class);
				messages.list(null, 0, 1);
				return "kept " + messages.counts(null).kept();
			}
		}

	}

	@EnableAutoConfiguration
	static class Plain {

	}

	static class Witness {

		final List<FailedMessageEvent> seen = new ArrayList<>();

		@EventListener
		void on(FailedMessageEvent event) {
			this.seen.add(event);
		}

	}

}
